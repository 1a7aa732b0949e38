"""What pydantic found, told as problems: one a setting, with the setting's own words."""

import re
from collections.abc import Callable, Iterator, Mapping

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from shared.domain.errors import Problem
from shared.domain.spec.problems import clipped, listed, meant, problem, shown
from shared.domain.spec.schema import described, settings

Location = tuple[object, ...]
Words = tuple[str, str, str]
"""Detail, expected, fix."""

_FORMS = {
    "string_type": "text",
    "int_type": "an integer",
    "int_from_float": "an integer",
    "float_type": "a number",
    "bool_type": "true or false",
    "dict_type": "settings, each as name: value",
    "model_type": "settings, each as name: value",
    "model_attributes_type": "settings, each as name: value",
    "tuple_type": "a list",
}
_LIMITS = {
    "greater_than": ("gt", "above {}"),
    "greater_than_equal": ("ge", "{} or more"),
    "less_than": ("lt", "below {}"),
    "less_than_equal": ("le", "at most {}"),
    "too_short": ("min_length", "at least {} of them"),
    "too_long": ("max_length", "at most {} of them"),
    "string_too_short": ("min_length", "a text of at least {} characters"),
    "string_too_long": ("max_length", "a text of at most {} characters"),
}


def explained(error: ValidationError, given: object) -> Iterator[Problem]:
    """The problems of a spec that failed validation, one a setting."""
    found: dict[Location, list[ErrorDetails]] = {}
    for details in error.errors(include_url=False):
        found.setdefault(_location(details, given), []).append(details)
    around = {where[:depth] for where in found for depth in range(len(where))}
    for where, all_details in found.items():
        if where in around and all_details[0]["type"] == "too_short":
            continue  # it is short of the items that have problems of their own
        detail, expected, fix = _words(where, all_details[0])
        if len(all_details) > 1:  # a value that fits none of several forms
            expected = " or ".join(dict.fromkeys(_words(where, details)[1] for details in all_details))
        got = "nothing" if all_details[0]["type"] == "missing" else all_details[0]["input"]
        yield problem(where, detail, got=got, expected=expected, fix=fix)


def _location(details: ErrorDetails, given: object) -> Location:
    """Where the setting stands in the file: pydantic also names the form that it tried, and whether a key is meant."""
    where: list[object] = []
    for part in details["loc"]:
        if _leads(given, part):
            given = given[part]  # type: ignore[index]  # just looked up
        elif details["type"] != "missing" or part != details["loc"][-1]:
            continue
        where.append(part)
    return tuple(where)


def _leads(given: object, part: object) -> bool:
    if isinstance(given, Mapping):
        return part in given
    return isinstance(given, list) and isinstance(part, int) and part < len(given)


def _words(where: Location, details: ErrorDetails) -> Words:
    kind, context = details["type"], details.get("ctx", {})
    if kind == "refused":
        return context["detail"], context["expected"], context["fix"]
    if kind in _FORMS:
        return "a value of the wrong kind", _FORMS[kind], _retyped(_FORMS[kind], details["input"])
    if kind in _LIMITS:
        limit, words = _LIMITS[kind]
        return "out of limits", words.format(f"{context[limit]:g}"), ""
    return _OTHERS.get(kind, _other)(where, details)


def _retyped(expected: str, got: object) -> str:
    """How to write the same value as what is expected."""
    if expected == "text":
        return f'write it in quotes: "{shown(got)}"'
    if expected == "a list" and isinstance(got, str):
        return f"write it in brackets: [{clipped(got)}]"
    if expected in ("a number", "an integer") and isinstance(got, str) and re.fullmatch(r"[-+]?[0-9.]+", got):
        return "write it without quotes"
    return ""


def _missing(where: Location, _: ErrorDetails) -> Words:
    name = str(where[-1])
    expected = described(settings(where[:-1]).get(name, {}))
    return "a required setting that is not there", expected, f"add {name}:"


def _unknown(where: Location, _: ErrorDetails) -> Words:
    known = settings(where[:-1])
    return "an unknown setting", listed(known), meant(where[-1], known, "take it out")


def _choice(_: Location, details: ErrorDetails) -> Words:
    words = re.findall(r"'([^']*)'", str(details.get("ctx", {}).get("expected", "")))
    or_fixed = ["{value: x}"] if details["loc"][-1] == "<word>" else []
    return "not one of the words", listed([*words, *or_fixed]), meant(details["input"], words)


def _value(_: Location, details: ErrorDetails) -> Words:
    return "not a value of this setting", details["msg"].removeprefix("Value error, ").removeprefix("expected "), ""


def _infinite(_: Location, __: ErrorDetails) -> Words:
    return "a number without end", "a finite number", ""


def _other(_: Location, details: ErrorDetails) -> Words:
    return "not as it should be", details["msg"], ""


_OTHERS: Mapping[str, Callable[[Location, ErrorDetails], Words]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "literal_error": _choice,
    "enum": _choice,
    "value_error": _value,
    "finite_number": _infinite,
}
