"""Uploaded: what must hold of the objects that came to a data bucket, whoever was told of them how often."""

from collections import Counter
from collections.abc import Iterator, Sequence

from shared.domain.change import Noun, Ref
from shared.domain.run import CauseKind, Run
from shared.domain.upload import Place, Upload, UploadStatus
from shared.ports.registry import Query, Registry, every, items
from tests.auditor import Books, books, wrong


def broken(registry: Registry, models: Sequence[str], came: Sequence[Place]) -> Iterator[str]:
    """What does not hold, in words: each is received once and in a run, each run has a cause of its own and an end."""
    for name in models:
        kept, own = books(registry, name), [place for place in came if _model(place) == name]
        yield from (f"{name}: {said}" for said in wrong(kept, registry))
        yield from _uploads(kept, own)
        yield from _runs(listed(registry, name), own)


def listed(registry: Registry, model: str) -> list[Run]:
    """Every run of the model."""
    return list(every(registry, Query(Noun.RUN, model), Run))


def unknown(registry: Registry, came: Sequence[Place]) -> list[Place]:
    """Those of these objects that are in no run."""
    known: set[Place] = set()
    for name in sorted(set(map(_model, came))):
        refs = [Ref(Noun.UPLOAD, place.upload) for place in came if _model(place) == name]
        found = items(registry, name, refs).values()
        known.update(one.place for one in found if isinstance(one, Upload) and _in_a_run(one))
    return [place for place in came if place not in known]


def _model(place: Place) -> str:
    return place.key.split("/")[0]


def _in_a_run(upload: Upload) -> bool:
    return upload.status is UploadStatus.RECEIVED and bool(upload.run)


def _uploads(kept: Books, came: Sequence[Place]) -> Iterator[str]:
    received = Counter(
        str(move.id)
        for link in kept.chain
        for move in link.moves
        if move.noun is Noun.UPLOAD and move.now == UploadStatus.RECEIVED
    )
    for place in came:
        upload = kept.model.items.get(Ref(Noun.UPLOAD, place.upload))
        if not isinstance(upload, Upload) or not _in_a_run(upload):
            yield f"{place.key} is in no run: {upload}"
        if received[place.upload] != 1:
            yield f"{place.key} was received {received[place.upload]} times"
    if more := received.keys() - {place.upload for place in came}:
        yield f"uploads that never were: {sorted(more)}"


def _runs(runs: Sequence[Run], came: Sequence[Place]) -> Iterator[str]:
    uploads = {place.upload for place in came}
    for cause, begun in Counter(run.cause for run in runs).items():
        if cause.kind is not CauseKind.UPLOAD or cause.id not in uploads:
            yield f"a run has the cause {cause}, which never was"
        if begun > 1:
            yield f"{cause} began {begun} runs"
    for run in runs:
        if run.open or not run.reason.code:
            yield f"run {run.id} of {run.model} is {run.status} without an end or a reason"
