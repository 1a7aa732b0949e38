"""Serving: which versions answer, now or at an instant."""

from pydantic import BaseModel, ConfigDict, Field

from shared.api.answer import Answer, shown
from shared.api.call import Call
from shared.api.lists import Instant
from shared.api.route import Nothing, Route
from shared.api.views.serving import ServingView, serving
from shared.domain.errors import NotFound
from shared.ports.registry import Registry


class When(BaseModel):
    """Which instant; without it, now."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    at: Instant | None = Field(None, description="RFC 3339 with its offset.")


def show(call: Call[When, Nothing], *, registry: Registry) -> Answer:
    """The serving record."""
    model = registry.model(call.place.model)
    record = registry.serving_at(model.name, call.query.at) if call.query.at else model.serving
    return shown(serving(record), model.head.revision)


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
