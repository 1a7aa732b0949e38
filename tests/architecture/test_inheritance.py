"""Nothing inherits from a class of ours: a framework's class, one level, and the tree of errors."""

import ast
from collections.abc import Mapping
from functools import cache

from tests.architecture.tree import OURS, Module, classes, dotted

ERRORS = frozenset({"shared.domain.errors.Error", "Exception", "ValueError"})


@cache
def _defined() -> Mapping[str, tuple[Module, ast.ClassDef]]:
    return {f"{module.name}.{node.name}": (module, node) for module, node in classes(*OURS)}


def _resolved(module: Module, base: ast.expr) -> str:
    """The full name of a base class, as this module sees it."""
    name = dotted(base.value if isinstance(base, ast.Subscript) else base)
    head, _, rest = name.partition(".")
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and head in {alias.asname or alias.name for alias in node.names}:
            original = next(alias.name for alias in node.names if head == (alias.asname or alias.name))
            return ".".join(filter(None, (node.module, original, rest)))
    own = f"{module.name}.{name}"
    return own if own in _defined() else name


def _is_error(name: str) -> bool:
    if name in ERRORS or name not in _defined():
        return name in ERRORS or name.endswith(("Error", "Exception"))
    module, node = _defined()[name]
    return any(_is_error(_resolved(module, base)) for base in node.bases)


def _only_configures(name: str) -> bool:
    """A framework's class with our settings: a docstring and `model_config`, no field and no method."""
    _, node = _defined()[name]
    return all(
        isinstance(statement, ast.Expr)
        or (isinstance(statement, ast.Assign) and [dotted(target) for target in statement.targets] == ["model_config"])
        for statement in node.body
    )


def test_nothing_inherits_from_our_own_classes_but_errors() -> None:
    heirs = [
        f"{module.at(node)} {node.name}({name})"
        for module, node in classes(*OURS)
        for name in (_resolved(module, base) for base in node.bases)
        if name in _defined() and not _is_error(name) and not _only_configures(name)
    ]
    assert heirs == []
