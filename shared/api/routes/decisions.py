"""Decisions: what a person may decide about the versions of a model; each is answered with its receipt."""

from shared.api.answer import Answer
from shared.api.call import Call
from shared.api.orders import goes_on, ordered, receipted
from shared.api.route import Nothing, Route
from shared.api.views.receipts import ReceiptView
from shared.api.views.runs import Reasoned
from shared.domain.errors import Conflict, KeyReused, NoChampion, NotFound, RevisionMoved, RunConflict, StageConflict
from shared.lifecycle import drill as drilling
from shared.lifecycle import promote as promoting
from shared.lifecycle import purge as purging
from shared.lifecycle import reproduce as reproducing
from shared.lifecycle import restore as restoring
from shared.lifecycle import retire as retiring
from shared.lifecycle import rollback as rolling_back
from shared.ports.clock import Clock
from shared.ports.drains import Drains
from shared.ports.eraser import Eraser
from shared.ports.ids import Ids
from shared.ports.objects import Objects
from shared.ports.profiles import Profiles
from shared.ports.registry import Registry
from shared.ports.wheel import Wheel

Asked = Call[Nothing, Reasoned]
MOVED = (NotFound, StageConflict, Conflict, RevisionMoved, KeyReused)
"""What a decision about a version may be refused with."""


def promote(call: Asked, *, registry: Registry, drains: Drains, wheel: Wheel, clock: Clock, ids: Ids) -> Answer:
    """Make the version the champion; the one before it drains."""
    order = ordered(call, call.body.reason, ids)
    request = promoting.Request(call.place.model, call.place.version, order)
    return receipted(promoting.overtake(request, registry=registry, drains=drains, wheel=wheel, clock=clock))


def rollback(call: Asked, *, registry: Registry, drains: Drains, wheel: Wheel, clock: Clock, ids: Ids) -> Answer:
    """Take back the challenger that is being tried, else let the version that drained last answer again."""
    request = rolling_back.Request(call.place.model, ordered(call, call.body.reason, ids))
    return receipted(rolling_back.run(request, registry=registry, drains=drains, wheel=wheel, clock=clock))


def retire(
    call: Asked, *, registry: Registry, artifacts: Objects, profiles: Profiles, clock: Clock, ids: Ids
) -> Answer:
    """Let a version that drains answer nobody any more."""
    order = ordered(call, call.body.reason, ids)
    request = retiring.Request(call.place.model, call.place.version, order)
    return receipted(retiring.run(request, registry=registry, artifacts=artifacts, profiles=profiles, clock=clock))


def restore(call: Asked, *, registry: Registry, wheel: Wheel, clock: Clock, ids: Ids) -> Answer:
    """Bring a version that left before the gates of today; that goes on after the answer."""
    order = ordered(call, call.body.reason, ids)
    request = restoring.Request(call.place.model, call.place.version, order)
    return goes_on(restoring.run(request, registry=registry, wheel=wheel, clock=clock, ids=ids))


def reproduce(call: Asked, *, registry: Registry, wheel: Wheel, clock: Clock, ids: Ids) -> Answer:
    """Make a version once more from what is recorded of it, and compare; that goes on after the answer."""
    order = ordered(call, call.body.reason, ids)
    request = reproducing.Request(call.place.model, call.place.version, order)
    return goes_on(reproducing.run(request, registry=registry, wheel=wheel, clock=clock, ids=ids))


def drill(call: Asked, *, registry: Registry, wheel: Wheel, clock: Clock, ids: Ids) -> Answer:
    """Try a copy of the champion that breaks, to see that it is taken back; that goes on after the answer."""
    request = drilling.Request(call.place.model, ordered(call, call.body.reason, ids))
    return goes_on(drilling.run(request, registry=registry, wheel=wheel, clock=clock, ids=ids))


def purge(call: Asked, *, registry: Registry, eraser: Eraser, clock: Clock, ids: Ids) -> Answer:
    """Erase the artifact of a version that left; its record, lineage and audit stay."""
    order = ordered(call, call.body.reason, ids)
    request = purging.Request(call.place.model, call.place.version, order)
    return receipted(purging.run(request, registry=registry, eraser=eraser, clock=clock))


ROUTES = (
    Route(
        "POST",
        "/models/{model}/versions/{version}/promote",
        "promote",
        "Make a version the champion",
        ReceiptView,
        promote,
        body=Reasoned,
        refuses=MOVED,
    ),
    Route(
        "POST",
        "/models/{model}/rollback",
        "promote",
        "Take back a challenger, or go back to the version that drained last",
        ReceiptView,
        rollback,
        body=Reasoned,
        refuses=MOVED,
    ),
    Route(
        "POST",
        "/models/{model}/versions/{version}/retire",
        "promote",
        "Retire a version that drains, at once",
        ReceiptView,
        retire,
        body=Reasoned,
        refuses=MOVED,
    ),
    Route(
        "POST",
        "/models/{model}/versions/{version}/restore",
        "promote",
        "Bring a version that left before the gates of today",
        ReceiptView,
        restore,
        body=Reasoned,
        status=202,
        refuses=(*MOVED, RunConflict),
    ),
    Route(
        "POST",
        "/models/{model}/versions/{version}/reproduce",
        "operate",
        "Make a version once more, and compare what it answers",
        ReceiptView,
        reproduce,
        body=Reasoned,
        status=202,
        refuses=(*MOVED, RunConflict),
    ),
    Route(
        "POST",
        "/models/{model}/drill",
        "operate",
        "Try a copy of the champion that breaks",
        ReceiptView,
        drill,
        body=Reasoned,
        status=202,
        refuses=(NotFound, NoChampion, RunConflict, Conflict, RevisionMoved, KeyReused),
    ),
    Route(
        "DELETE",
        "/models/{model}/versions/{version}",
        "purge",
        "Erase the artifact of a version that left",
        ReceiptView,
        purge,
        body=Reasoned,
        refuses=MOVED,
    ),
)
