"""Rows: a large body that is one list under one name, read as fast as it can be."""

from collections.abc import Sequence
from typing import Any

from shared.api.answer import JSON
from shared.api.bodies import of_media, strict, within
from shared.api.event import Event
from shared.domain.errors import Problem, RequestRefused, TooLarge

LARGEST = 5_000_000
"""Bytes of a body: Lambda takes 6 MB, and base64 makes 4 of 3."""

MOST = 10_000
"""Of what is in the list."""


def rows_of(event: Event, name: str, row: str) -> Sequence[Any]:
    """What stands under this name, which is all that the body holds, one `row` or more; nobody has looked at them.

    Raises TooLarge, MediaTypeRefused, Unreadable, RequestRefused.
    """
    content = event.content
    within(len(content), LARGEST)
    of_media(event.headers.get("content-type", ""), (JSON,))
    body = strict(content)
    found = body.get(name) if isinstance(body, dict) and len(body) == 1 else None
    if not isinstance(found, list) or not found:
        problem = Problem(f"/{name}", "not a list of rows alone", expected=f'{{"{name}": [{row}, …]}}')
        raise RequestRefused(f"the body holds a list of one row or more under {name}, and nothing else", problem)
    if len(found) > MOST:
        problem = Problem(f"/{name}", "too many rows", expected=f"at most {MOST:,}", fix="send several calls")
        raise TooLarge(f"{len(found):,} rows were sent, of {MOST:,} at most", problem)
    return found
