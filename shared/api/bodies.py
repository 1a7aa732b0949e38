"""Bodies: bytes to the type that a route takes; strict, with every limit named."""

import json
from collections.abc import Callable, Mapping
from typing import NoReturn, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from shared.api.explain import explained
from shared.api.refusals import MediaTypeRefused, Unreadable
from shared.api.route import Nothing
from shared.domain.errors import Problem, RequestRefused, TooLarge

B = TypeVar("B", bound=BaseModel)

LARGEST = 128 * 1024
"""Bytes of a command's body or of a spec's text, which is held to its own limit after that."""


class Text(BaseModel):
    """A body in a language of its own, read by what knows it."""

    model_config = ConfigDict(frozen=True)
    text: str


def read(kind: type[B], content: bytes, media: str, takes: tuple[str, ...]) -> B:
    """The body as this type; raises MediaTypeRefused, TooLarge, Unreadable, RequestRefused."""
    if kind is Nothing:
        return kind()
    within(len(content), LARGEST)
    of_media(media, takes)
    return READERS.get(kind, _object)(kind, content)


def within(size: int, limit: int) -> None:
    """Raise TooLarge for a body over the limit."""
    if size > limit:
        problem = Problem("", "larger than it may be", f"{size:,} bytes", f"at most {limit:,} bytes", "send less")
        raise TooLarge(f"the body has {size:,} bytes, of {limit:,} at most", problem)


def of_media(given: str, takes: tuple[str, ...]) -> None:
    """Raise MediaTypeRefused for a body of another kind than those, or in another encoding than UTF-8."""
    media, _, parameters = given.lower().partition(";")
    encodings = ("", "charset=utf-8", 'charset="utf-8"')
    if media.strip() not in takes or parameters.replace(" ", "") not in encodings:
        expected = " or ".join(takes)
        problem = Problem("/content-type", "not taken here", given[:99], expected, f"send content-type: {takes[0]}")
        raise MediaTypeRefused(f"this route takes {expected}", problem)


def strict(content: bytes) -> object:
    """JSON in UTF-8 without a key twice, NaN or half a pair of escapes; raises Unreadable."""
    try:
        data: object = json.loads(content.decode(), object_pairs_hook=_once, parse_constant=_no_number)
        if b"\\ud" in content or b"\\uD" in content:
            json.dumps(data, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise Unreadable(f"the body is not JSON: {error.msg.lower()} in {place}") from error
    except UnicodeError as error:
        raise Unreadable("the body is not text in UTF-8") from error
    except (RecursionError, ValueError) as error:
        raise Unreadable(_TOLD.get(type(error), str(error))) from error
    return data


_TOLD: Mapping[type[Exception], str] = {RecursionError: "the body is nested too deep"}


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the body says {twice[:40]!r} twice")
    return mapping


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"the body holds {word}, which is no number of JSON")


def _object(kind: type[B], content: bytes) -> B:
    try:
        return kind.model_validate(strict(content))
    except ValidationError as error:
        problems = explained(error)
        raise RequestRefused(f"the body is not as it should be: {problems[0].detail}", *problems) from None


def _text(kind: type[B], content: bytes) -> B:
    try:
        return kind.model_validate({"text": content.decode()})
    except UnicodeError as error:
        raise Unreadable("the body is not text in UTF-8") from error


READERS: Mapping[type[BaseModel], Callable[[type[B], bytes], B]] = {Text: _text}
"""How a body is read that is no JSON object."""
