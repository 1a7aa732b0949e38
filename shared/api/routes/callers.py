"""Callers: who asked a model in the last 30 days."""

from pydantic import BaseModel, ConfigDict

from shared.api.answer import Answer, shown
from shared.api.call import Call
from shared.api.lists import Listed, Since
from shared.api.route import Nothing, Route
from shared.api.views.callers import CallerView, caller
from shared.domain.errors import NotFound
from shared.domain.retirement import REMEMBERED, called
from shared.ports.clock import Clock
from shared.ports.profiles import Profiles
from shared.ports.registry import Registry


class Asked(BaseModel):
    """Since when; without it, for 30 days."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    since: Since = None


def index(call: Call[Asked, Nothing], *, registry: Registry, profiles: Profiles, clock: Clock) -> Answer:
    """Each program and version, the newest version first; who asked most comes before the others."""
    name = call.place.model
    revision = registry.model(name).head.revision
    seen = profiles.callers(name, call.query.since or clock.now() - REMEMBERED)
    versions = sorted({each.version for each in seen}, reverse=True)
    items = tuple(caller(one, version) for version in versions for one in called(seen, version))
    return shown(Listed(items=items, next=None), revision)


ROUTES = (
    Route(
        "GET",
        "/models/{model}/callers",
        "read",
        "Who asked, which version, and when last",
        Listed[CallerView],
        index,
        query=Asked,
        refuses=(NotFound,),
    ),
)
