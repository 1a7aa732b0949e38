"""Uploads: those that nobody heard of, and those that were announced and never came."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.change import Noun, Ref
from shared.domain.errors import NameRefused, NotFound
from shared.domain.head import Head
from shared.domain.order import Order, command_id
from shared.domain.reason import Reason
from shared.domain.upload import Place, Upload, UploadStatus, model_of
from shared.ports.arrivals import Arrival, Arrivals
from shared.ports.clock import Clock
from shared.ports.registry import Query, Registry, every, items

LOOKED_BACK = timedelta(hours=25)
"""How long ago an upload may have come that is still looked for."""

YOUNG = timedelta(minutes=2)
"""An upload younger than this may still be on its way."""

WAITED, GIVEN_UP = timedelta(days=1), timedelta(days=8)
"""How long a file is waited for whose upload was announced, and how far back those are looked for that never came."""

NEVER_CAME = Reason("never_came", "its file did not come within a day")


@dataclass(frozen=True, slots=True)
class Found:
    """How many uploads were announced once more, and how many are waited for no longer."""

    uploads: int
    refused: int


def run(*, registry: Registry, arrivals: Arrivals, clock: Clock) -> Found:
    """Announce the uploads that no run knows, and give up those whose file never came."""
    came, now = arrivals.since(clock.now() - LOOKED_BACK), clock.now()
    lost = _lost(came, registry, now)
    for arrival in lost:
        arrivals.announce(arrival)
    places = frozenset(arrival.place.key for arrival in came)
    heads = every(registry, Query(Noun.MODEL), Head)
    return Found(len(lost), sum(_refused(head.model, places, registry, now) for head in heads))


def _lost(came: Sequence[Arrival], registry: Registry, now: datetime) -> list[Arrival]:
    """The objects that came and that no run, and no stray record, knows."""
    old = [one for one in came if now - one.at >= YOUNG]
    heard = frozenset(_heard(old, registry, now))
    return [one for one in old if one.place not in heard]


def _heard(came: Sequence[Arrival], registry: Registry, now: datetime) -> Iterator[Place]:
    """The places that a run of their model knows or, of what is for no model, a stray record."""
    of_models: dict[str, list[Place]] = defaultdict(list)
    for arrival in came:
        of_models[_model(arrival.place)].append(arrival.place)
    for name, places in of_models.items():
        try:
            yield from _received(name, places, registry)
        except NotFound:
            strays = every(registry, Query(Noun.UPLOAD, since=now - LOOKED_BACK), Upload)
            yield from (stray.place for stray in strays)


def _model(place: Place) -> str:
    """The model that the place names; "", which is the name of none, where it names none."""
    try:
        return model_of(place.key)
    except NameRefused:
        return ""


def _received(name: str, places: Sequence[Place], registry: Registry) -> Iterator[Place]:
    """Those that a run knows: as what was expected there or, for what lies over that, under an id of its own."""
    refs = dict.fromkeys(Ref(Noun.UPLOAD, each) for place in places for each in (place.upload, place.identity))
    known = items(registry, name, list(refs)).values()
    yield from (one.place for one in known if isinstance(one, Upload) and one.status is UploadStatus.RECEIVED)


def _refused(name: str, came: frozenset[str], registry: Registry, now: datetime) -> int:
    """Wait no longer for files that were announced a day ago; how many. The list may lag, so each is read again."""
    expected = Query(Noun.UPLOAD, name, UploadStatus.EXPECTED, since=now - GIVEN_UP)
    absent = [each for each in every(registry, expected, Upload) if each.place.key not in came]
    late = [each.id for each in absent if now - each.at > WAITED]
    for upload in late:
        order = Order(command_id(upload, "refuse"), by="treadle:sweep", reason=NEVER_CAME.detail)
        model = registry.model(name, Ref(Noun.UPLOAD, upload), Ref(Noun.COMMAND, order.id))
        if model.upload(upload).status is UploadStatus.EXPECTED:
            registry.commit(model.refuse(order, upload, NEVER_CAME, now))
    return len(late)
