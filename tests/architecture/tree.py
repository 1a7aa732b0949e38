"""The project's Python as syntax trees: what the architecture tests walk."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("functions", "shared")
OURS = ("functions", "shared", "stacks", "local", "treadle", "samples", "bench")
EVERYTHING = (*OURS, "tests", "requirements")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One file: where it lies from the project's root, its text and its tree."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """The dotted name under which it is imported."""
        parts = self.path.with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def at(self, node: ast.AST) -> str:
        """file:line, as an editor opens it."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


@cache
def modules(*trees: str) -> tuple[Module, ...]:
    """Every module below these folders, in the order of their paths."""
    found = sorted(path for tree in trees for path in (ROOT / tree).rglob("*.py"))
    return tuple(_parsed(path) for path in found if "node_modules" not in path.parts)


@cache
def _parsed(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    return Module(path.relative_to(ROOT), text, ast.parse(text, filename=str(path)))


def nodes(*trees: str) -> Iterator[tuple[Module, ast.AST]]:
    """Every syntax node with the module that holds it."""
    for module in modules(*trees):
        for node in ast.walk(module.tree):
            yield module, node


def functions(*trees: str) -> Iterator[tuple[Module, Function]]:
    """Every function and method."""
    for module, node in nodes(*trees):
        if isinstance(node, Function):
            yield module, node


def classes(*trees: str) -> Iterator[tuple[Module, ast.ClassDef]]:
    """Every class."""
    for module, node in nodes(*trees):
        if isinstance(node, ast.ClassDef):
            yield module, node


def imported(module: Module) -> Iterator[tuple[str, ast.AST]]:
    """The full dotted name of each thing a module imports when it runs, wherever in the file it does so."""
    typed = {id(node) for block in ast.walk(module.tree) if _for_types_only(block) for node in ast.walk(block)}
    for node in (node for node in ast.walk(module.tree) if id(node) not in typed):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


def _for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and dotted(node.test).endswith("TYPE_CHECKING")


def dotted(node: ast.AST) -> str:
    """`a.b.c` for a name or a chain of attributes, else the empty string."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (owner := dotted(node.value)):
        return f"{owner}.{node.attr}"
    return ""
