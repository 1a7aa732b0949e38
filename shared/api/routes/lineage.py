"""Lineage: one prediction, walked back to the upload and the person; and an upload, walked to all it came to."""

from collections.abc import Iterator

from shared.api import causes
from shared.api.answer import Answer, shown
from shared.api.call import Call
from shared.api.route import Nothing, Route
from shared.api.views import lineage, reach, runs, specs, versions
from shared.api.views.datasets import dataset
from shared.api.views.receipts import audit
from shared.domain.change import Audit, Noun, Ref
from shared.domain.dataset import Dataset
from shared.domain.errors import NotFound, Problem
from shared.domain.finding import Finding
from shared.domain.head import Head
from shared.domain.lineage import Descent, touched
from shared.domain.model import Model
from shared.domain.prediction import PredictionId, parse
from shared.domain.run import Run
from shared.domain.spec.applied import AppliedSpec
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
    descent = _descent(registry, name)
    data = descent.behind(version.dataset)
    decisions = _decisions(registry, name, version.number)
    view = lineage.LineageView(
        prediction=lineage.answered(asked, registry.serving_at(name, asked.at), version.artifact),
        version=versions.summary(version, model.serving),
        artifact=lineage.made(manifest(artifacts, version.artifact)),
        approval=lineage.approval(decisions, asked.at),
        decisions=tuple(map(audit, decisions)),
        run=runs.summary(turn, (), model.head, causes.told(registry, name, turn.cause)),
        spec=specs.summary(model.spec(version.spec)),
        datasets=tuple(map(dataset, data)),
        uploads=tuple(map(lineage.source, _uploads(registry, name, data, descent))),
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


def ahead(call: Call[Nothing, Nothing], *, registry: Registry) -> Answer:
    """Everything that an upload has come to, whichever model it is for."""
    model = _holding(registry, call.place.upload)
    name, upload = model.name, model.upload(call.place.upload)
    descent = _descent(registry, name)
    all_runs = every(registry, Query(Noun.RUN, name), Run)
    all_versions = every(registry, Query(Noun.VERSION, name), Version)
    all_findings = every(registry, Query(Noun.FINDING, name), Finding)
    found = touched(upload, descent, all_runs, all_versions, all_findings)
    view = reach.reach(upload, found, descent, tuple(chain(registry, name)))
    return shown(view, model.head.revision)


def _holding(registry: Registry, upload: str) -> Model:
    """The model that the upload is for; raises NotFound."""
    ref = Ref(Noun.UPLOAD, upload)
    for head in every(registry, Query(Noun.MODEL), Head):
        if ref in (model := registry.model(head.model, ref)).items:
            return model
    fix = "a new model's is found in a moment; try again"
    problem = Problem("/upload", "an upload of no model", upload, "the id of one that came for a model", fix)
    raise NotFound(f"no model has the upload {upload}", problem)


def _descent(registry: Registry, model: str) -> Descent:
    """Which data version goes on from which."""
    specs = every(registry, Query(Noun.SPEC, model), AppliedSpec)
    return Descent.of(every(registry, Query(Noun.DATASET, model), Dataset), specs)


def _uploads(registry: Registry, model: str, of: tuple[Dataset, ...], descent: Descent) -> tuple[Upload, ...]:
    """The files that these data versions were read from, oldest first."""
    wanted = {upload for dataset in of for upload in descent.files(dataset)}
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
    Route(
        "GET",
        "/uploads/{upload}/lineage",
        "read",
        "From an upload to everything that it has come to",
        reach.ReachView,
        ahead,
        refuses=(NotFound,),
    ),
)
