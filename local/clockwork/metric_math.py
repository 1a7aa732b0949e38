"""Metric math of alarms: arithmetic, comparisons, IF, FILL, ABS, MIN, MAX, SUM and AVG over lines of the alarm.

A line is a series: one value or nothing (a gap) a period. Arithmetic with a gap is a gap, as on AWS.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from local.errors import CloudError

Gap = float  # NaN stands for a period without data
Values = list[float]

_BINARY: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: lambda a, b: a / b if b else math.nan,
    ast.Pow: operator.pow,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.And: lambda a, b: bool(a) and bool(b),
    ast.Or: lambda a, b: bool(a) or bool(b),
}


class UnknownExpression(CloudError):
    """The expression uses something that is not understood here."""


def evaluate(expression: str, lines: Mapping[str, Values], periods: int) -> Values:
    """Compute the expression for each of `periods` periods; raises UnknownExpression."""
    text = expression.replace("||", " or ").replace("&&", " and ")
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError as error:
        raise UnknownExpression(f"got {expression!r}, expected metric math") from error
    return _Evaluation(lines, periods).of(tree)


class _Evaluation:
    """One evaluation: a table from kind of node to what it means, so that nothing else can run."""

    def __init__(self, lines: Mapping[str, Values], periods: int) -> None:
        self._lines = lines
        self._periods = periods
        self._kinds: dict[type[ast.AST], Callable[[Any], Values]] = {
            ast.Constant: self._constant,
            ast.Name: self._name,
            ast.UnaryOp: self._negative,
            ast.BinOp: lambda node: self._pairwise(node.op, node.left, node.right),
            ast.Compare: lambda node: self._pairwise(node.ops[0], node.left, node.comparators[0]),
            ast.BoolOp: lambda node: self._pairwise(node.op, node.values[0], node.values[1]),
            ast.Call: self._call,
        }

    def of(self, node: ast.AST) -> Values:
        """The values of one node of the expression."""
        kind = self._kinds.get(type(node))
        if kind is None:
            raise UnknownExpression(f"got {ast.unparse(node)!r}, which metric math here does not know")
        return kind(node)

    def _constant(self, node: ast.Constant) -> Values:
        return [float(node.value)] * self._periods if isinstance(node.value, int | float) else _unknown(node)

    def _name(self, node: ast.Name) -> Values:
        return self._lines[node.id] if node.id in self._lines else _unknown(node)

    def _negative(self, node: ast.UnaryOp) -> Values:
        if not isinstance(node.op, ast.USub):
            return _unknown(node)
        return [-value for value in self.of(node.operand)]

    def _pairwise(self, kind: ast.AST, left: ast.AST, right: ast.AST) -> Values:
        if type(kind) not in _BINARY:
            return _unknown(kind)
        return [_defined(_BINARY[type(kind)], pair) for pair in zip(self.of(left), self.of(right), strict=True)]

    def _call(self, node: ast.Call) -> Values:
        name = node.func.id.upper() if isinstance(node.func, ast.Name) else ""
        if name == "FILL":
            return [b if math.isnan(a) else a for a, b in zip(*map(self.of, node.args), strict=True)]
        if name == "IF":
            return [_branch(triple) for triple in zip(*map(self.of, node.args), strict=True)]
        if name not in _ACROSS:
            return _unknown(node)
        columns = zip(*self._arguments(node), strict=True)
        return [_across(_ACROSS[name], column) for column in columns]

    def _arguments(self, node: ast.Call) -> list[Values]:
        """The series that a function takes: those named, or all for METRICS()."""
        arguments: list[ast.AST] = []
        for one in node.args:
            arguments.extend(one.elts if isinstance(one, ast.List) else [one])
        if any(isinstance(one, ast.Call) and ast.unparse(one.func) == "METRICS" for one in arguments):
            return list(self._lines.values())
        return [self.of(one) for one in arguments]


def _unknown(node: ast.AST) -> Values:
    raise UnknownExpression(f"got {ast.unparse(node)!r}, which metric math here does not know")


def _defined(function: Callable[[Any, Any], Any], pair: tuple[float, float]) -> float:
    return math.nan if any(map(math.isnan, pair)) else float(function(*pair))


def _branch(triple: tuple[float, ...]) -> float:
    condition, then, otherwise = triple
    return otherwise if math.isnan(condition) or not condition else then


def _across(function: Callable[[Sequence[float]], float], column: Sequence[float]) -> float:
    present = [value for value in column if not math.isnan(value)]
    return function(present) if present else math.nan


_ACROSS: dict[str, Callable[[Sequence[float]], float]] = {
    "SUM": math.fsum,
    "AVG": lambda values: math.fsum(values) / len(values),
    "MIN": min,
    "MAX": max,
    "ABS": lambda values: abs(values[0]),
}
