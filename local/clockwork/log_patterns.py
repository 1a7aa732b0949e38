"""Filter patterns of CloudWatch Logs: terms (`ERROR -retry ?timeout "no data"`), JSON (`{ $.kind = "prediction" }`)."""

from __future__ import annotations

import fnmatch
import json
import operator
import re
from collections.abc import Callable
from typing import Any

from local.errors import CloudError

Matcher = Callable[[str], bool]
_Rule = Callable[[Any], bool]

_TERM = re.compile(r'([?-]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))')
_TOKEN = re.compile(r'\s*(&&|\|\||[()]|!=|<=|>=|=|<|>|"(?:[^"\\]|\\.)*"|[^\s()=<>!&|]+)')
_ABSENT = object()
_ORDER: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_STATES: dict[tuple[str, str], _Rule] = {
    ("IS", "NULL"): lambda value: value is None,
    ("IS", "TRUE"): lambda value: value is True,
    ("IS", "FALSE"): lambda value: value is False,
    ("NOT", "EXISTS"): lambda value: value is _ABSENT,
}


class UnknownPattern(CloudError):
    """The filter pattern is not understood here."""


def matcher(pattern: str) -> Matcher:
    """Compile a filter pattern, "" = every line; raises UnknownPattern."""
    text = pattern.strip()
    if text.startswith("{") and text.endswith("}"):
        rule = _Reader(text[1:-1]).rule()
        return lambda line: line.lstrip().startswith("{") and _on_json(rule, line)
    if text.startswith(("[", "{", "%")):
        raise UnknownPattern(f"got {text[:40]!r}, expected terms or a {{ $.field … }} pattern")
    return _terms(text)


def select(selector: str, event: Any) -> Any:
    """Follow `$.a.b[0]` into parsed JSON; raises LookupError where there is nothing."""
    for part in re.findall(r"[^.\[\]]+", selector.removeprefix("$")):
        nodes: Any = event if isinstance(event, dict) else dict(_numbered(event))
        event = nodes[part]
    return event


def _numbered(event: Any) -> list[tuple[str, Any]]:
    return [(str(i), one) for i, one in enumerate(event)] if isinstance(event, list) else []


def _on_json(rule: _Rule, line: str) -> bool:
    try:
        return rule(json.loads(line))
    except ValueError:
        return False


def _terms(text: str) -> Matcher:
    found = [(sign, quoted or bare) for sign, quoted, bare in _TERM.findall(text)]
    needed = [term for sign, term in found if not sign]
    forbidden = [term for sign, term in found if sign == "-"]
    optional = [term for sign, term in found if sign == "?"]

    def matches(line: str) -> bool:
        return (
            all(term in line for term in needed)
            and not any(term in line for term in forbidden)
            and (not optional or any(term in line for term in optional))
        )

    return matches


class _Reader:
    """Reads a JSON pattern: comparisons, joined by && (stronger) and ||, grouped by parentheses."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = _TOKEN.findall(text)

    def rule(self) -> _Rule:
        """The whole pattern."""
        found = self._any_of()
        if self._tokens:
            raise UnknownPattern(f"got {self._tokens[0]!r} left over in {self._text.strip()!r}")
        return found

    def _any_of(self) -> _Rule:
        rules = [self._all_of()]
        while self._accept("||"):
            rules.append(self._all_of())
        return lambda event: any(rule(event) for rule in rules)

    def _all_of(self) -> _Rule:
        rules = [self._one()]
        while self._accept("&&"):
            rules.append(self._one())
        return lambda event: all(rule(event) for rule in rules)

    def _one(self) -> _Rule:
        if self._accept("("):
            inner = self._any_of()
            if not self._accept(")"):
                raise UnknownPattern(f"got no closing parenthesis in {self._text.strip()!r}")
            return inner
        selector, sign, operand = self._next(), self._next(), self._next()
        if not selector.startswith("$"):
            raise UnknownPattern(f"got {selector!r}, expected a selector such as $.kind")
        test = _STATES.get((sign.upper(), operand.upper())) or _comparison(sign, operand)
        return lambda event: test(_value(selector, event))

    def _accept(self, token: str) -> bool:
        if self._tokens[:1] == [token]:
            self._tokens.pop(0)
            return True
        return False

    def _next(self) -> str:
        if not self._tokens:
            raise UnknownPattern(f"got an end too early in {self._text.strip()!r}")
        token: str = self._tokens.pop(0)
        return token


def _value(selector: str, event: Any) -> Any:
    try:
        return select(selector, event)
    except (LookupError, ValueError):
        return _ABSENT


def _comparison(sign: str, operand: str) -> _Rule:
    if sign in _ORDER:
        compare, limit = _ORDER[sign], float(operand)
        return lambda value: _is_number(value) and compare(value, limit)
    if sign not in ("=", "!="):
        raise UnknownPattern(f"got {sign!r}, expected = != < <= > >= IS or NOT EXISTS")
    equal = _equal_to(operand)
    if sign == "=":
        return lambda value: value is not _ABSENT and equal(value)
    return lambda value: value is not _ABSENT and not equal(value)


def _equal_to(operand: str) -> _Rule:
    text = operand[1:-1] if operand.startswith('"') else operand
    if text is operand and re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", text):
        number = float(text)
        return lambda value: _is_number(value) and value == number
    if "*" in text:
        wildcard = re.compile(fnmatch.translate(text.replace("[", "[[]").replace("?", "[?]")))
        return lambda value: isinstance(value, str) and wildcard.match(value) is not None
    return lambda value: str(value) == text


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
