"""Specs: a model begins with one; each different content is the next number."""

from pydantic import BaseModel, ConfigDict, Field

from shared.api.answer import JSON, Answer, shown
from shared.api.bodies import Text
from shared.api.call import Call
from shared.api.lists import Listed, Window, listed
from shared.api.orders import ordered, receipted
from shared.api.route import Nothing, Route
from shared.api.views import specs
from shared.domain.change import Noun, Ref
from shared.domain.errors import Conflict, NotFound, Problem, RequestRefused, RevisionMoved, SpecRefused
from shared.domain.spec import Spec
from shared.domain.spec.applied import AppliedSpec
from shared.lifecycle import apply, check
from shared.ports.clock import Clock
from shared.ports.ids import Ids
from shared.ports.registry import Query, Registry

MEDIA = ("application/yaml", JSON, "application/x-yaml", "text/yaml", "text/x-yaml")


class Applying(BaseModel):
    """How a spec is applied."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    dry_run: bool = Field(default=False, description="Only check: the answer is what applying would do.")


def put(call: Call[Applying, Text], *, registry: Registry, clock: Clock, ids: Ids) -> Answer:
    """Apply the spec, or say what that would do."""
    spec = _of_model(check.parsed(call.body.text, "the spec"), call.place.model)
    if call.query.dry_run:
        checked = check.run(check.Request(spec), registry=registry)
        return shown(specs.checked(spec, checked.number, checked.difference))
    applied = apply.run(apply.Request(spec, ordered(call, "its spec was applied", ids)), registry=registry, clock=clock)
    return receipted(applied)


def _of_model(spec: Spec, model: str) -> Spec:
    """The spec, when it is of the model in the path."""
    if spec.model != model:
        problem = Problem("/model", "another model's", spec.model, model, f"send it to /models/{spec.model}/spec")
        raise RequestRefused(f"this spec is of {spec.model}, not of {model}", problem)
    return spec


def newest(call: Call[Nothing, Nothing], *, registry: Registry) -> Answer:
    """The newest spec."""
    return _shown(call.place.model, registry.model(call.place.model).head.spec, registry)


def show(call: Call[Nothing, Nothing], *, registry: Registry) -> Answer:
    """One spec by its number."""
    return _shown(call.place.model, call.place.spec, registry)


def _shown(name: str, number: int, registry: Registry) -> Answer:
    model = registry.model(name, Ref(Noun.SPEC, number))
    return shown(specs.spec(model.spec(number)), model.head.revision)


def index(call: Call[Window, Nothing], *, registry: Registry) -> Answer:
    """All specs of a model, newest first."""
    asked, name = call.query, call.place.model
    revision = registry.model(name).head.revision
    page = registry.page(Query(Noun.SPEC, name, since=asked.since, limit=asked.limit, cursor=asked.cursor))
    return shown(listed(page, AppliedSpec, specs.summary), revision)


ROUTES = (
    Route(
        "PUT",
        "/models/{model}/spec",
        "admin",
        "Apply a spec",
        specs.SpecAnswer,
        put,
        query=Applying,
        body=Text,
        refuses=(SpecRefused, Conflict, RevisionMoved),
        takes=MEDIA,
    ),
    Route("GET", "/models/{model}/spec", "read", "The newest spec", specs.SpecView, newest, refuses=(NotFound,)),
    Route(
        "GET",
        "/models/{model}/specs",
        "read",
        "All specs of a model, newest first",
        Listed[specs.SpecSummary],
        index,
        query=Window,
        refuses=(NotFound,),
    ),
    Route("GET", "/models/{model}/specs/{spec}", "read", "One spec", specs.SpecView, show, refuses=(NotFound,)),
)
