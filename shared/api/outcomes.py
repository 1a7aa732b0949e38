"""Outcomes: feedback's own door; what comes back is captured as log lines, and nothing else is written."""

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from shared.api import captures
from shared.api.answer import Answer
from shared.api.door import placed, told
from shared.api.event import Event
from shared.api.problems import discreet
from shared.api.rows import rows_of
from shared.api.witness import Witness
from shared.domain.capture import Outcome
from shared.domain.errors import Problem, RequestRefused
from shared.lifecycle import feedback
from shared.lifecycle.feedback import Request, Result
from shared.ports.clock import Clock
from shared.ports.serving import Servings

LONGEST_ID, LONGEST_CLASS = 100, 1000
"""Characters: an id has 90 at most."""

LARGEST = 3.4028234e38
"""The largest number that an artifact's float32 holds."""

_ROW = '{"id": prd_…, "actual": value}'
_NAMED = 100


def answer(event: Event, witness: Witness, *, servings: Servings, clock: Clock, fresh_s: float) -> Answer:
    """How many outcomes were accepted and which ids were not, or the problem, which never repeats an outcome."""

    def work(event: Event) -> Answer:
        request = Request(placed(event).model, _outcomes(rows_of(event, "outcomes", _ROW)))
        result = feedback.run(request, servings=servings, clock=clock, fresh_s=fresh_s)
        witness.captured(captures.fed_back(result.model, clock.now(), event.by, result.accepted))
        return Answer(_written(result))

    return told(event, work, witness.unexpected, discreet)


def _outcomes(rows: Sequence[Any]) -> tuple[Outcome, ...]:
    """Every row as an outcome; raises RequestRefused with a pointer a fault."""
    problems = [problem for place, row in enumerate(rows) for problem in _faults(place, row)]
    if problems:
        raise RequestRefused(f"{len(problems)} of {len(rows)} outcomes cannot be taken", *problems[:_NAMED])
    return tuple(Outcome(row["id"], row["actual"]) for row in rows)


def _faults(place: int, row: object) -> Iterator[Problem]:
    """What is wrong with a row, the first thing alone."""
    if not isinstance(row, dict) or row.keys() != {"id", "actual"}:
        yield Problem(f"/outcomes/{place}", "is not an id with its outcome", expected=_ROW)
    elif not isinstance(row["id"], str) or len(row["id"]) > LONGEST_ID:
        yield Problem(f"/outcomes/{place}/id", "is not an id", expected="the id that predict gave")
    elif not _is_cell(row["actual"]):
        expected = "a number, true, false, a class, or null where it never came to be"
        yield Problem(f"/outcomes/{place}/actual", "is not an outcome", expected=expected)


def _is_cell(actual: object) -> bool:
    """Whether it may stand in a target column, of whatever task."""
    if isinstance(actual, str):
        return 0 < len(actual) <= LONGEST_CLASS and "\0" not in actual
    return actual is None or (isinstance(actual, int | float) and abs(actual) <= LARGEST)


def _written(result: Result) -> str:
    whole = {"accepted": len(result.accepted), "unknown": result.unknown, "duplicate": result.duplicate}
    return orjson.dumps(whole).decode()
