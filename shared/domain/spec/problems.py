"""What is wrong with a spec, in its reader's words: where, got, expected, fix; every field under 100 characters."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import islice

from shared.domain.errors import Problem

LONGEST = 99


def clipped(text: str) -> str:
    """The text, cut where it is too long for a problem."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def shown(value: object) -> str:
    """A value as a spec would write it, cut to a problem's length."""
    if isinstance(value, str) and value and value.isprintable():
        return clipped(value)
    return clipped(json.dumps(value, ensure_ascii=False, default=str))


def listed(words: Iterable[object]) -> str:
    """Words as a list that fits: a, b, c, …"""
    return clipped(", ".join(str(word) for word in words))


def pointer(*parts: object) -> str:
    """The JSON pointer (RFC 6901) of a setting."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def meant(name: object, known: Iterable[str], otherwise: str = "") -> str:
    """`did you mean …?` for the nearest known name, or else the other advice."""
    near = get_close_matches(str(name)[:100], list(islice(known, 1000)), n=1)
    return clipped(f"did you mean {near[0]}?" if near else otherwise)


_NOTHING = object()


def problem(
    where: Sequence[object], detail: str, *, got: object = _NOTHING, expected: str = "", fix: str = ""
) -> Problem:
    """A problem with a setting, every field cut to its length."""
    seen = "" if got is _NOTHING else shown(got)
    return Problem(clipped(pointer(*where)), clipped(detail), seen, clipped(expected), clipped(fix))


def repeated(items: Sequence[object], where: Sequence[object]) -> Iterator[Problem]:
    """A problem for each item of a list that stands there before."""
    seen: set[object] = set()
    for place, item in enumerate(items):
        if item in seen:
            yield problem((*where, place), "said twice", got=item, expected="each once", fix="keep one")
        seen.add(item)


def nothing(given: object, where: tuple[object, ...] = ()) -> Iterator[Problem]:
    """A problem for each setting that was written without a value."""
    if given is None and where:
        fix = "write a value, or take the line out for the default"
        yield problem(where, "a setting without a value", got="nothing", expected="a value", fix=fix)
    elif given is None:
        yield problem(where, "an empty spec", expected="settings", fix="begin with spec: 1, or with treadle init")
    parts = given.items() if isinstance(given, Mapping) else enumerate(given) if isinstance(given, list) else ()
    for part, value in parts:
        yield from nothing(value, (*where, part))
