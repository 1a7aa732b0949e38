"""Serving: which versions answer, now or at an instant."""

from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict, Field

from shared.api.answer import Answer, shown
from shared.api.call import Call
from shared.api.lists import Instant
from shared.api.route import Nothing, Route
from shared.api.views.serving import ServingView, serving
from shared.domain.errors import NotFound, Problem, RequestRefused
from shared.ports.clock import Clock
from shared.ports.registry import Registry

CLOCKS_DIFFER = timedelta(minutes=5)
"""An instant by a caller's clock that is ahead of ours by less is taken as it is; so it is with prediction ids."""


class When(BaseModel):
    """Which instant; without it, now."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    at: Instant | None = Field(None, description="RFC 3339 with its offset.")


def show(call: Call[When, Nothing], *, registry: Registry, clock: Clock) -> Answer:
    """The serving record."""
    model = registry.model(call.place.model)
    at = call.query.at
    if at is None:
        return shown(serving(model.serving), model.head.revision)
    _must_be_known(at, clock.now())
    return shown(serving(registry.serving_at(model.name, at)), model.head.revision)


def _must_be_known(at: datetime, now: datetime) -> None:
    """Raise RequestRefused for the future: what answers then may still be decided otherwise."""
    if at > now + CLOCKS_DIFFER:
        got, latest = (f"{each:%Y-%m-%dT%H:%M:%SZ}" for each in (at, now))
        problem = Problem("/at", "still to come", got, f"at most {latest}", "leave it out for now")
        raise RequestRefused("nobody knows which versions will answer", problem)


ROUTES = (
    Route(
        "GET",
        "/models/{model}/serving",
        "read",
        "Which versions answer, now or at an instant",
        ServingView,
        show,
        query=When,
        refuses=(NotFound,),
    ),
)
