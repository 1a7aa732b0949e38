"""Checks: how much a model's rows have drifted, and how good its answers are."""

from pydantic import BaseModel, ConfigDict

from shared.api.answer import Answer, shown
from shared.api.call import Call
from shared.api.lists import Limit, Since, newest
from shared.api.route import Nothing, Route
from shared.api.views import checks
from shared.domain.change import Noun, Ref
from shared.domain.check import Check
from shared.domain.errors import NotFound
from shared.domain.finding import Finding, Kind
from shared.ports.registry import Query, Registry

LOOKED_BACK = 200
"""So many checks may lie between an estimate and its outcomes."""


class Asked(BaseModel):
    """Which findings: so many of the newest, found since."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    limit: Limit = 50
    since: Since = None


def drift(call: Call[Asked, Nothing], *, registry: Registry) -> Answer:
    """The last window, figure by figure, and what was found in rows and answers."""
    name = call.place.model
    revision = registry.model(name).head.revision
    seen = newest(registry, Query(Noun.CHECK, name, limit=LOOKED_BACK), Check)
    return shown(checks.drift(name, seen, _found(call, Kind.DRIFT, registry)), revision)


def performance(call: Call[Asked, Nothing], *, registry: Registry) -> Answer:
    """Metrics of the last windows, with outcomes and before they come, and what was found."""
    name = call.place.model
    number = registry.model(name).head.spec
    model = registry.model(name, Ref(Noun.SPEC, number))
    seen = newest(registry, Query(Noun.CHECK, name, limit=LOOKED_BACK), Check)
    view = checks.performance(model.spec(number).spec, seen, _found(call, Kind.DROP, registry))
    return shown(view, model.head.revision)


def _found(call: Call[Asked, Nothing], kind: Kind, registry: Registry) -> list[Finding]:
    """Findings of the kind, newest first."""
    query = Query(Noun.FINDING, call.place.model, since=call.query.since, limit=LOOKED_BACK)
    found = [each for each in newest(registry, query, Finding) if each.kind is kind]
    return found[: call.query.limit]


ROUTES = (
    Route(
        "GET",
        "/models/{model}/drift",
        "read",
        "How much rows and answers have drifted",
        checks.DriftView,
        drift,
        query=Asked,
        refuses=(NotFound,),
    ),
    Route(
        "GET",
        "/models/{model}/performance",
        "read",
        "How good the answers are",
        checks.PerformanceView,
        performance,
        query=Asked,
        refuses=(NotFound,),
    ),
)
