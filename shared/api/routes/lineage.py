"""Lineage: one prediction, walked back to the upload and the person."""

from collections.abc import Iterator

from shared.api import causes
from shared.api.answer import Answer, shown
from shared.api.call import Call
from shared.api.route import Nothing, Route
from shared.api.views import lineage, runs, specs, versions
from shared.api.views.datasets import dataset
from shared.api.views.receipts import audit
from shared.domain.change import Audit, Noun, Ref
from shared.domain.dataset import Dataset
from shared.domain.errors import NotFound, Problem
from shared.domain.prediction import PredictionId, parse
from shared.domain.upload import Upload
from shared.domain.version import Version
from shared.ports.artifacts import manifest
from shared.ports.objects import Objects
from shared.ports.registry import Query, Registry, chain, every


def show(call: Call[Nothing, Nothing], *, registry: Registry, artifacts: Objects) -> Answer:
    """Everything that stands behind a prediction."""
    asked = parse(call.place.prediction)
    name = asked.model
    version = _answering(asked, registry)
    run, spec = Ref(Noun.RUN, version.run), Ref(Noun.SPEC, version.spec)
    model = registry.model(name, run, spec)
    turn = model.run(version.run)
    data = _datasets(registry, name, version.dataset)
    view = lineage.LineageView(
        prediction=lineage.answered(asked, registry.serving_at(name, asked.at), version.artifact),
        version=versions.summary(version, model.serving),
        artifact=lineage.made(manifest(artifacts, version.artifact)),
        decisions=tuple(map(audit, _decisions(registry, name, version.number))),
        run=runs.summary(turn, (), model.head, causes.told(registry, name, turn.cause)),
        spec=specs.summary(model.spec(version.spec)),
        datasets=tuple(map(dataset, data)),
        uploads=tuple(map(lineage.source, _uploads(registry, name, data))),
    )
    return shown(view, model.head.revision)


def _answering(asked: PredictionId, registry: Registry) -> Version:
    """The version that the id names; raises NotFound for one that was not registered by then."""
    version = registry.model(asked.model, Ref(Noun.VERSION, asked.version)).version(asked.version)
    if version.at > asked.at:
        when = f"{version.at:%Y-%m-%dT%H:%M:%SZ}"
        problem = Problem("/prediction", "before its version", f"{asked.at:%Y-%m-%dT%H:%M:%SZ}", f"after {when}")
        raise NotFound(f"version {asked.version} of {asked.model} was registered after that instant", problem)
    return version


def _datasets(registry: Registry, model: str, newest: str) -> tuple[Dataset, ...]:
    """A data version and all that it goes on from, newest first."""
    known = {each.id: each for each in every(registry, Query(Noun.DATASET, model), Dataset)}
    behind: list[Dataset] = []
    while newest in known:
        behind.append(known.pop(newest))
        newest = behind[-1].previous
    return tuple(behind)


def _uploads(registry: Registry, model: str, of: tuple[Dataset, ...]) -> tuple[Upload, ...]:
    """The files that these data versions were read from, oldest first."""
    wanted = {upload for dataset in of for upload in dataset.uploads}
    known = every(registry, Query(Noun.UPLOAD, model), Upload)
    return tuple(reversed([upload for upload in known if upload.id in wanted]))


def _decisions(registry: Registry, model: str, version: int) -> tuple[Audit, ...]:
    """Every decision that moved the version, from its registration on."""
    return tuple(reversed(list(_moving(registry, model, version))))


def _moving(registry: Registry, model: str, version: int) -> Iterator[Audit]:
    for link in chain(registry, model):
        moves = [move for move in link.moves if (move.noun, move.id) == (Noun.VERSION, version)]
        if moves:
            yield link
        if any(move.was == "" for move in moves):
            return


ROUTES = (
    Route(
        "GET",
        "/predictions/{prediction}/lineage",
        "read",
        "From a prediction back to the upload and the person",
        lineage.LineageView,
        show,
        refuses=(NotFound,),
    ),
)
