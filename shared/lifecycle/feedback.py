"""Feedback: outcomes come back for predictions; which of them can be so is told, and nothing is written.

Whether an id was ever issued is seen when captured lines are folded; here it is held to what the id itself says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.capture import Outcome
from shared.domain.errors import NameRefused
from shared.domain.prediction import parse
from shared.domain.serving import Serving
from shared.ports.clock import Clock
from shared.ports.serving import Servings, recent

AHEAD = timedelta(minutes=5)
"""How far the clock that made an id may be ahead of this one."""


@dataclass(frozen=True, slots=True)
class Request:
    """Outcomes of a model's predictions, in the order that they were sent."""

    model: str
    outcomes: Sequence[Outcome]


@dataclass(frozen=True, slots=True)
class Result:
    """What is captured, and the ids that are not: no prediction of this model, or one that came before in the call."""

    model: str
    accepted: Sequence[Outcome]
    unknown: Sequence[str]
    duplicate: Sequence[str]


def run(request: Request, *, servings: Servings, clock: Clock, fresh_s: float) -> Result:
    """Sort the outcomes; the first of an id counts. Raises NotFound, Unavailable."""
    serving = recent(servings, request.model, clock.ticks(), fresh_s)
    latest = clock.now() + AHEAD
    accepted: dict[str, Outcome] = {}
    unknown: list[str] = []
    duplicate: list[str] = []
    for outcome in request.outcomes:
        if outcome.id in accepted:
            duplicate.append(outcome.id)
        elif _may_be(outcome.id, serving, latest):
            accepted[outcome.id] = outcome
        else:
            unknown.append(outcome.id)
    return Result(request.model, tuple(accepted.values()), tuple(unknown), tuple(duplicate))


def _may_be(text: str, serving: Serving, latest: datetime) -> bool:
    """Whether a prediction of this id can have been made: this model, a version that has answered, no later instant."""
    try:
        prediction = parse(text)
    except NameRefused:
        return False
    return prediction.model == serving.model and prediction.version <= serving.newest and prediction.at <= latest
