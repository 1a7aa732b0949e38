"""Runs: how each turn of the wheel stands, a new one, and its end by a person."""

from shared.api import causes
from shared.api.answer import Answer, shown
from shared.api.call import Call
from shared.api.evaluations import verdict_of
from shared.api.lists import Listed, Listing, listed
from shared.api.orders import goes_on, ordered, receipted
from shared.api.route import Nothing, Route
from shared.api.views import progress, runs
from shared.api.views.receipts import ReceiptView
from shared.domain import places
from shared.domain.approval import Approval
from shared.domain.change import Noun, Ref
from shared.domain.errors import Conflict, KeyReused, NotFound, Problem, RequestRefused, RevisionMoved, RunConflict
from shared.domain.run import Run, RunStatus, Step
from shared.lifecycle import cancel as cancelling
from shared.lifecycle import start as starting
from shared.ports.clock import Clock
from shared.ports.ids import Ids
from shared.ports.objects import Objects
from shared.ports.registry import Query, Registry
from shared.ports.wheel import Wheel

Asked = Listing[RunStatus]


def index(call: Call[Asked, Nothing], *, registry: Registry) -> Answer:
    """All runs of a model, newest first."""
    asked, name = call.query, call.place.model
    head = registry.model(name).head
    page = registry.page(Query(Noun.RUN, name, asked.status or "", asked.since, "", asked.limit, asked.cursor))
    return shown(listed(page, Run, lambda run: runs.summary(run, _told(run, registry), head)), head.revision)


def _told(run: Run, registry: Registry) -> tuple[Step, ...]:
    """The run's steps, where nothing else says how far it came."""
    return _steps(run, registry) if progress.needs_steps(run) else ()


def _steps(run: Run, registry: Registry) -> tuple[Step, ...]:
    found = registry.page(Query(Noun.STEP, run.model, run=run.id)).items
    return tuple(sorted((step for step in found if isinstance(step, Step)), key=lambda step: step.at))


def show(call: Call[Nothing, Nothing], *, registry: Registry, artifacts: Objects) -> Answer:
    """One run: what each verb did, and the verdict where there is one."""
    asked = Ref(Noun.APPROVAL, call.place.run)
    model = registry.model(call.place.model, Ref(Noun.RUN, call.place.run), asked)
    run, approval = model.run(call.place.run), model.items.get(asked)
    steps = _steps(run, registry)
    judged = any(step.name == "evaluate" for step in steps)
    verdict = verdict_of(artifacts, model.name, run.id) if judged else None
    trials = len(artifacts.keys(places.trials(model.name, run.id)))
    cause = causes.told(registry, model.name, run.cause)
    waits = approval if isinstance(approval, Approval) else None
    return shown(runs.run(run, steps, model.head, cause, trials, verdict, waits), model.head.revision)


def start(call: Call[Nothing, runs.RunAsked], *, registry: Registry, wheel: Wheel, clock: Clock, ids: Ids) -> Answer:
    """Run again, on the newest data version; it goes on after the answer."""
    order = ordered(call, call.body.reason, ids)
    _newest(call.body.dataset, call.place.model, registry)
    request = starting.Request(call.place.model, order)
    begun = starting.run(request, registry=registry, wheel=wheel, clock=clock, ids=ids)
    return goes_on(begun)


def _newest(dataset: str, model: str, registry: Registry) -> None:
    """A run learns from the newest data version; naming another one is refused."""
    newest = registry.model(model).head.dataset
    if dataset and dataset != newest:
        problem = Problem("/dataset", "not the newest data version", dataset[:99], newest, "leave it out")
        raise RequestRefused("a run learns from the newest data version", problem)


def cancel(call: Call[Nothing, runs.Reasoned], *, registry: Registry, wheel: Wheel, clock: Clock, ids: Ids) -> Answer:
    """End an open run; what serves goes on serving."""
    order = ordered(call, call.body.reason, ids)
    request = cancelling.Request(call.place.model, call.place.run, order)
    ended = cancelling.run(request, registry=registry, wheel=wheel, clock=clock)
    return receipted(ended)


ROUTES = (
    Route(
        "GET",
        "/models/{model}/runs",
        "read",
        "All runs of a model, newest first",
        Listed[runs.RunSummary],
        index,
        query=Asked,
        refuses=(NotFound,),
    ),
    Route("GET", "/models/{model}/runs/{run}", "read", "One run", runs.RunView, show, refuses=(NotFound,)),
    Route(
        "POST",
        "/models/{model}/runs",
        "operate",
        "Run again on the newest data version",
        ReceiptView,
        start,
        body=runs.RunAsked,
        status=202,
        refuses=(NotFound, Conflict, RevisionMoved, KeyReused),
    ),
    Route(
        "POST",
        "/models/{model}/runs/{run}/cancel",
        "operate",
        "End an open run",
        ReceiptView,
        cancel,
        body=runs.Reasoned,
        refuses=(NotFound, RunConflict, Conflict, RevisionMoved, KeyReused),
    ),
)
