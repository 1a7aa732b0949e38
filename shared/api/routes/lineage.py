"""Lineage: one prediction, walked back to the upload and the person."""

from shared.api import causes, walks
from shared.api.answer import Answer, shown
from shared.api.call import Call
from shared.api.route import Nothing, Route
from shared.api.views import lineage, runs, specs, versions
from shared.api.views.datasets import dataset
from shared.api.views.receipts import audit
from shared.domain.change import Noun, Ref
from shared.domain.errors import NotFound, Problem
from shared.domain.prediction import PredictionId, parse
from shared.domain.version import Version
from shared.ports.artifacts import manifest
from shared.ports.objects import Objects
from shared.ports.registry import Registry


def show(call: Call[Nothing, Nothing], *, registry: Registry, artifacts: Objects) -> Answer:
    """Everything that stands behind a prediction."""
    asked = parse(call.place.prediction)
    name = asked.model
    version = _answering(asked, registry)
    run, spec = Ref(Noun.RUN, version.run), Ref(Noun.SPEC, version.spec)
    model = registry.model(name, run, spec)
    turn = model.run(version.run)
    chain = walks.datasets(registry, name, version.dataset)
    view = lineage.LineageView(
        prediction=lineage.answered(asked, registry.serving_at(name, asked.at), version.artifact),
        version=versions.summary(version, model.serving),
        artifact=lineage.made(manifest(artifacts, version.artifact)),
        decisions=tuple(map(audit, walks.decisions(registry, name, version.number))),
        run=runs.summary(turn, (), model.head, causes.told(registry, name, turn.cause)),
        spec=specs.summary(model.spec(version.spec)),
        datasets=tuple(map(dataset, chain)),
        uploads=tuple(map(lineage.source, walks.uploads(registry, name, chain))),
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
