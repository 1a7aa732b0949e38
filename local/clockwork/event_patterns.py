"""Event patterns as Lambda's filter criteria use them: `{"eventName": ["INSERT"], "dynamodb": {"NewImage": …}}`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from local.errors import CloudError

_ABSENT = object()


class UnknownOperator(CloudError):
    """The pattern uses an operator that is not understood here."""


def matcher(pattern: str) -> Callable[[Mapping[str, Any]], bool]:
    """Compile a pattern (JSON text); raises UnknownOperator at once rather than at the first event."""
    node = json.loads(pattern)
    _check(node)
    return lambda event: _matches(node, event)


def _check(node: Any) -> None:
    if isinstance(node, dict):
        for child in node.values():
            _check(child)
    elif isinstance(node, list):
        for rule in node:
            if isinstance(rule, dict) and not rule.keys() <= _OPERATORS.keys() | {"exists"} and not _is_branch(rule):
                raise UnknownOperator(f"{next(iter(rule))}; known: exists, {', '.join(_OPERATORS)}")


def _is_branch(rule: Mapping[str, Any]) -> bool:
    return all(isinstance(child, dict | list) for child in rule.values())


def _matches(node: Mapping[str, Any], event: Any) -> bool:
    for key, rules in node.items():
        if key == "$or":
            if not any(_matches(branch, event) for branch in rules):
                return False
            continue
        value = event.get(key, _ABSENT) if isinstance(event, Mapping) else _ABSENT
        if not (_matches(rules, value) if isinstance(rules, dict) else _any(rules, value)):
            return False
    return True


def _any(rules: Sequence[Any], value: Any) -> bool:
    return any(_passes(rule, value) for rule in rules)


def _passes(rule: Any, value: Any) -> bool:
    if isinstance(rule, dict) and "exists" in rule:
        return (value is not _ABSENT) == bool(rule["exists"])
    if value is _ABSENT:
        return False
    values = value if isinstance(value, list) else [value]
    if not isinstance(rule, dict):
        return any(_same(rule, one) for one in values)
    (operator, operand), *_ = rule.items()
    return any(_OPERATORS[operator](operand, one) for one in values)


def _same(rule: Any, value: Any) -> bool:
    return bool(rule == value) and isinstance(rule, bool) == isinstance(value, bool)


def _prefix(operand: Any, value: Any) -> bool:
    return isinstance(value, str) and value.startswith(operand)


def _suffix(operand: Any, value: Any) -> bool:
    return isinstance(value, str) and value.endswith(operand)


def _ignoring_case(operand: Any, value: Any) -> bool:
    return isinstance(value, str) and value.lower() == operand.lower()


def _anything_but(operand: Any, value: Any) -> bool:
    return not any(_passes(rule, value) for rule in (operand if isinstance(operand, list) else [operand]))


def _numeric(operand: Any, value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return all(_COMPARE[sign](value, limit) for sign, limit in zip(operand[::2], operand[1::2], strict=True))


_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "=": lambda value, limit: value == limit,
    "<": lambda value, limit: value < limit,
    "<=": lambda value, limit: value <= limit,
    ">": lambda value, limit: value > limit,
    ">=": lambda value, limit: value >= limit,
}
_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "prefix": _prefix,
    "suffix": _suffix,
    "equals-ignore-case": _ignoring_case,
    "anything-but": _anything_but,
    "numeric": _numeric,
}
