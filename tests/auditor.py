"""The auditor: what must hold of a model in any registry, read through the port alone.

≤ 1 champion · numbers dense · one running and one queued run · every upload in exactly one run · the audit chain linear
per (noun, id) · revision = number of decisions · what serves = what the head says · no decision without who, when, why
· who is tried is a challenger of the run that runs · who drains answers pinned until a sunset · shares come to 1.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shared.domain.change import Audit, Item, Noun, Ref
from shared.domain.event import events
from shared.domain.item import standing
from shared.domain.model import Model
from shared.domain.run import RunStatus
from shared.domain.serving import Role
from shared.domain.stage import Stage
from shared.domain.upload import UploadStatus
from shared.ports.registry import Query, Registry

STAGES = {Role.CHAMPION: Stage.CHAMPION, Role.CHALLENGER: Stage.CHALLENGER, Role.PINNED: Stage.DRAINING}
ANSWERING = frozenset(STAGES.values())


@dataclass(frozen=True, slots=True)
class Books:
    """All that a registry says of a model; the chain from its first link on."""

    model: Model
    chain: tuple[Audit, ...]


def books(registry: Registry, name: str) -> Books:
    """Read every page of the audit chain, then every item that it tells of, at one instant each."""
    pages = [registry.audit(name, 20)]
    while pages[-1].next:
        pages.append(registry.audit(name, 20, pages[-1].next))
    chain = tuple(link for page in reversed(pages) for link in reversed(page.items))
    refs = list(dict.fromkeys(Ref(move.noun, move.id) for link in chain for move in link.moves))
    readings = [registry.model(name, *refs[at : at + 90]) for at in range(0, max(len(refs), 1), 90)]
    items = {ref: item for reading in readings for ref, item in reading.items.items()}
    return Books(Model(readings[-1].head, readings[-1].serving, items, {}), chain)


def broken(registry: Registry, name: str) -> list[str]:
    """What does not hold, in words; nothing in a registry that is right."""
    return wrong(books(registry, name), registry)


def wrong(kept: Books, registry: Registry) -> list[str]:
    """What does not hold in these books."""
    return [
        *_chain(kept),
        *_moves(kept),
        *_versions(kept.model),
        *_serving(kept, registry),
        *_runs(kept.model, registry),
        *_uploads(kept.model),
    ]


def _chain(kept: Books) -> Iterator[str]:
    revisions = [link.receipt.revision for link in kept.chain]
    if revisions != list(range(1, kept.model.head.revision + 1)):
        yield f"revision {kept.model.head.revision}, but decisions {revisions}"
    for link in kept.chain:
        if not (link.receipt.by and link.receipt.reason and link.moves):
            yield f"decision {link.receipt.revision} without who, why or what"
        if len(events(link)) > len(link.moves):
            yield f"decision {link.receipt.revision} has more events than moves"


def _moves(kept: Books) -> Iterator[str]:
    """Each item begins absent, goes on from where it was, and is where the last move left it."""
    states: dict[Ref, str] = defaultdict(str)
    for link in kept.chain:
        for move in link.moves:
            ref = Ref(move.noun, move.id)
            announced = (ref not in states, move.noun, move.was) == (True, Noun.UPLOAD, UploadStatus.EXPECTED)
            if states[ref] != move.was and not announced:
                yield f"{move.noun} {move.id} went from {move.was} but was {states[ref]}"
            states[ref] = move.now
    present = {ref: standing(item).state for ref, item in kept.model.items.items()}
    for ref in present.keys() | states.keys():
        if present.get(ref) != states.get(ref):
            yield f"{ref.noun} {ref.id} is {present.get(ref)}, but moves led to {states.get(ref)}"


def _versions(model: Model) -> Iterator[str]:
    numbers = sorted(int(ref.id) for ref in model.items if ref.noun is Noun.VERSION)
    if numbers != list(range(1, model.head.next_version)):
        yield f"versions {numbers}, next {model.head.next_version}"
    champions = [number for number in numbers if model.version(number).stage is Stage.CHAMPION]
    if champions != [number for number in (model.head.champion,) if number]:
        yield f"champions {champions}, the head says {model.head.champion}"


def _serving(kept: Books, registry: Registry) -> Iterator[str]:
    model = kept.model
    serves = model.serving.champion.version if model.serving.champion else None
    if serves != model.head.champion:
        yield f"{serves} serves, the head says {model.head.champion}"
    yield from _arms(model)
    if serves and abs(sum(arm.share for arm in model.serving.arms) - 1) > 1e-9:
        yield f"shares are {[arm.share for arm in model.serving.arms]}"
    if model.serving.challengers and not model.head.running:
        yield f"{[arm.name for arm in model.serving.challengers]} are tried by no run"
    if kept.chain and registry.serving_at(model.name, max(link.receipt.at for link in kept.chain)) != model.serving:
        yield "the chain of served records does not end in what serves"


def _arms(model: Model) -> Iterator[str]:
    """Each arm is in the stage of its role, and each version in such a stage has its arm; a drill's is the champion."""
    own = model.serving.champion.version if model.serving.champion else 0
    arms = [arm for arm in model.serving.arms if arm.role is not Role.CHALLENGER or arm.version != own]
    serve = {arm.version: STAGES[arm.role] for arm in arms}
    stages = {int(ref.id): model.version(int(ref.id)).stage for ref in _of(model, Noun.VERSION)}
    if serve != {number: stage for number, stage in stages.items() if stage in ANSWERING} or len(serve) != len(arms):
        yield f"{[arm.name for arm in model.serving.arms]} serve, but versions are {stages}"
    for arm in arms:
        if (arm.role is Role.PINNED) != (arm.since is not None and arm.sunset is not None):
            yield f"{arm.name} serves since {arm.since} until {arm.sunset}"


def _runs(model: Model, registry: Registry) -> Iterator[str]:
    places = {place.run: place.status for place in (model.head.running, model.head.queued) if place}
    opened = {
        str(ref.id): standing(item).state for ref, item in _of(model, Noun.RUN).items() if model.run(str(ref.id)).open
    }
    if opened != places:
        yield f"open runs are {opened}, the head says {places}"
    waiting = {run for run, state in opened.items() if state == RunStatus.WAITING}
    asked = {str(ref.id) for ref, item in _of(model, Noun.APPROVAL).items() if standing(item).state == "asked"}
    if waiting != asked:
        yield f"runs {waiting} wait, {asked} are asked about"
    listed = {run.id for run in registry.page(Query(Noun.RUN, model.name, "open")).items if hasattr(run, "id")}
    if listed != set(opened):
        yield f"open runs are {set(opened)}, listed are {listed}"


PASSED_ON = (RunStatus.SUPERSEDED, RunStatus.FAILED, RunStatus.CANCELLED)
"""Ends after which another run may cover the uploads."""


def _uploads(model: Model) -> Iterator[str]:
    """An upload is in the run that it names or, where that one ended without reading it, in the one that covers it."""
    holders: dict[str, list[str]] = defaultdict(list)
    ended: set[str] = set()
    for run in (model.run(str(ref.id)) for ref in _of(model, Noun.RUN)):
        place = next(
            (open_ for open_ in (model.head.running, model.head.queued) if open_ and open_.run == run.id), None
        )
        joined = {str(ref.id) for ref, item in _of(model, Noun.UPLOAD).items() if standing(item).run == run.id}
        covered = set(place.uploads) if place else joined | set(run.uploads)
        for upload in covered if run.status not in PASSED_ON else ():
            holders[upload].append(run.id)
        if run.status in (RunStatus.FAILED, RunStatus.CANCELLED):
            ended |= covered
    for ref in (ref for ref in _of(model, Noun.UPLOAD) if model.upload(str(ref.id)).status is UploadStatus.RECEIVED):
        held = len(holders[str(ref.id)]) + (ref.id in model.head.unread)
        if held > 1 or not (held or ref.id in ended):
            yield f"upload {ref.id} is in runs {holders[str(ref.id)]}"


def _of(model: Model, noun: Noun) -> Mapping[Ref, Item]:
    return {ref: item for ref, item in model.items.items() if ref.noun is noun}
