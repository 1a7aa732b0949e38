"""What this code does without, each held by its own test."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.tree import EVERYTHING, OURS, Function, dotted, functions, imported, modules, nodes

PICKLES = frozenset({"_pickle", "cloudpickle", "dill", "joblib", "marshal", "pickle", "shelve"})
DODGES = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError|mark\.(skip|skipif|xfail)\b|pytest\.(skip|xfail)\(")
MACHINE_PATHS = re.compile(r"[\"'\s(](/home/\w|/root\b|/Users/\w|/work/)")
THIS_FILE = "tests/architecture/test_bans.py"


def _passed_through(function: Function) -> Iterator[ast.Call]:
    """Calls that hand the function's own `**kwargs` on."""
    if function.args.kwarg is None:
        return
    for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
        if any(word.arg is None and dotted(word.value) == function.args.kwarg.arg for word in call.keywords):
            yield call


def test_nothing_passes_keyword_arguments_through() -> None:
    assert [module.at(call) for module, function in functions(*EVERYTHING) for call in _passed_through(function)] == []


def _says_nothing(statement: ast.stmt) -> bool:
    literal = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return literal or isinstance(statement, ast.Pass)


def test_no_exception_is_swallowed() -> None:
    swallowed = [
        module.at(node)
        for module, node in nodes(*EVERYTHING)
        if isinstance(node, ast.ExceptHandler) and (node.type is None or all(map(_says_nothing, node.body)))
    ]
    assert swallowed == []


def test_no_suppress_is_wider_than_it_must_be() -> None:
    wide = [
        module.at(node)
        for module, node in nodes(*EVERYTHING)
        if isinstance(node, ast.Call)
        and dotted(node.func).endswith("suppress")
        and {"Exception", "BaseException"} & set(map(dotted, node.args))
    ]
    assert wide == []


def _booleans(function: Function) -> Iterator[str]:
    arguments = function.args
    named = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    yield from (one.arg for one in named if one.annotation is not None and dotted(one.annotation) == "bool")
    for default in (*arguments.defaults, *filter(None, arguments.kw_defaults)):
        if isinstance(default, ast.Constant) and isinstance(default.value, bool):
            yield ast.unparse(default)


def test_no_parameter_is_a_boolean() -> None:
    """An enum or two functions say at the call what True does not."""
    assert [f"{module.at(one)} {name}" for module, one in functions(*OURS) for name in _booleans(one)] == []


def test_nothing_is_ever_pickled() -> None:
    loaders = [
        f"{module.at(node)} {name}"
        for module in modules(*EVERYTHING)
        for name, node in imported(module)
        if name.partition(".")[0] in PICKLES
    ]
    allowed = [
        module.at(node)
        for module, node in nodes(*EVERYTHING)
        if isinstance(node, ast.keyword) and node.arg == "allow_pickle" and ast.unparse(node.value) != "False"
    ]
    assert loaders + allowed == []


def test_our_own_code_is_never_mocked() -> None:
    mocks = [
        f"{module.at(node)} {name}"
        for module in modules(*EVERYTHING)
        for name, node in imported(module)
        if name.startswith(("unittest.mock", "mock.", "pytest_mock"))
    ]
    assert mocks == []


def _lines(pattern: re.Pattern[str]) -> Iterator[str]:
    for module in modules(*EVERYTHING):
        for number, line in enumerate(module.text.splitlines(), start=1):
            if pattern.search(line) and str(module.path) != THIS_FILE:
                yield f"{module.path}:{number}: {line.strip()}"


def test_nothing_is_put_off_or_skipped() -> None:
    assert list(_lines(DODGES)) == []


def test_no_path_of_one_machine_is_written_down() -> None:
    assert list(_lines(MACHINE_PATHS)) == []


def _is_shapeless(node: ast.AST) -> bool:
    """Whether it is `dict[str, Any]` or its kin."""
    if not isinstance(node, ast.Subscript) or dotted(node.value) not in {"dict", "Mapping", "MutableMapping"}:
        return False
    return ast.unparse(node.slice).endswith(", Any)")


def test_no_shapeless_dictionary_gets_past_a_handler() -> None:
    inner = [module for module in modules("shared") if module.path.parts[1] not in {"adapters", "telemetry.py"}]
    assert [module.at(node) for module in inner for node in ast.walk(module.tree) if _is_shapeless(node)] == []
