"""Train: candidates climb the rungs of the search, each trial on its own; the winner is refitted and exported.

For a drill, the champion's artifact is exported once more, broken.
"""

import hashlib
import io
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from shared.domain import places, record
from shared.domain.artifact import Manifest
from shared.domain.change import Fact, Noun, Ref
from shared.domain.run import BeginAt, Step
from shared.domain.spec import Spec
from shared.domain.trial import Candidate, Trial
from shared.engines import learning
from shared.ports.artifacts import load
from shared.ports.clock import Clock
from shared.ports.objects import Objects, gather
from shared.ports.registry import Registry

NOT_LEARNED_FROM = frozenset({"rows.parquet", "rejects.csv", "profile.json"})


@dataclass(frozen=True, slots=True)
class Request:
    """Where the search is: the run, its pinned spec, the data version, and the rung, which counts from 1."""

    model: str
    run: str
    spec: int
    dataset: str
    rung: int
    candidate: int = 0


@dataclass(frozen=True, slots=True)
class Drill:
    """Which version's copy is to break, for which run."""

    model: str
    run: str
    version: int


@dataclass(frozen=True, slots=True)
class Entered:
    """Who climbs this rung, by index; the last rung leaves one."""

    number: int
    candidates: tuple[int, ...]
    last: bool


@dataclass(frozen=True, slots=True)
class Refitted:
    """The artifact's sha256."""

    artifact: str


def enter(request: Request, *, registry: Registry, artifacts: Objects) -> Entered:
    """Who climbs the rung: everybody the first, then the survivors of the one below; raises SearchFailed."""
    spec = _spec(registry, request)
    rungs = learning.rungs(spec)
    last = request.rung == len(rungs)
    if request.rung == 1:
        return Entered(1, tuple(each.index for each in learning.candidates(spec)), last)
    below = replace(request, rung=request.rung - 1)
    return Entered(request.rung, _survivors(spec, below, artifacts), last)


def attempt(request: Request, *, registry: Registry, artifacts: Objects, clock: Clock, scratch: Path) -> Trial:
    """One trial: cross-validated on the rung's share of the training rows; a pure function of seed and index."""
    began = clock.ticks()
    spec = _spec(registry, request)
    rung = learning.rungs(spec)[request.rung - 1]
    candidate = _candidate(spec, request.candidate)
    tried = learning.trial(_dataset(request, artifacts, scratch), spec, candidate, rung)
    trial = replace(tried.trial, seconds=clock.ticks() - began)
    if rung.share == 1 and not trial.error:
        body = io.BytesIO()
        np.save(body, tried.out_of_fold, allow_pickle=False)
        artifacts.write(places.out_of_fold(request.model, request.run, candidate.index), body.getvalue())
    artifacts.write(places.trial(request.model, request.run, rung.number, candidate.index), record.written(trial))
    return trial


def refit(
    request: Request, *, registry: Registry, artifacts: Objects, clock: Clock, scratch: Path, code: str
) -> Refitted:
    """Refit the winner on all training rows, export it, and write model, then manifest; raises SearchFailed.

    A version that is made once more is there already, or was purged meanwhile: its own bytes are never written again.
    """
    began = clock.ticks()
    spec = _spec(registry, request)
    winner = _candidate(spec, _survivors(spec, request, artifacts)[0])
    out_of_fold = np.load(io.BytesIO(artifacts.read(places.out_of_fold(request.model, request.run, winner.index))))
    with TemporaryDirectory(dir=scratch) as folder:
        fitted = learning.refit(_dataset(request, artifacts, scratch), spec, winner, out_of_fold, Path(folder))
        body = (Path(folder) / "model.onnx").read_bytes()
        for file in ("parity_rows.npy", "parity_answers.npy"):
            artifacts.save(Path(folder) / file, places.fit(request.model, request.run, file))
    manifest = _manifest(request, winner, code, fitted, body)
    if manifest.sha256 != _made_before(registry, request):
        _keep(artifacts, manifest, body)
    # Equal bytes keep the manifest of the run that made them first; this one is the run's own.
    artifacts.write(places.fit(request.model, request.run, "manifest.json"), record.written(manifest))
    trials = spec.train.search.trials
    outcome = f"{winner.family} is the best of {trials} trials: {spec.metric} {fitted.out_of_fold:.3f} out of fold"
    took = clock.ticks() - began
    step = Step(request.model, request.run, "train", clock.now(), took, outcome, (("artifact", manifest.sha256),))
    registry.commit(Fact(step, fence=request.run))
    return Refitted(manifest.sha256)


def break_copy(drill: Drill, *, registry: Registry, artifacts: Objects, clock: Clock) -> Refitted:
    """Write a copy of the version's artifact that fails about a third of its rows; raises NotFound, ArtifactRefused."""
    began = clock.ticks()
    model = registry.model(drill.model, Ref(Noun.VERSION, drill.version))
    whole = load(artifacts, model.version(drill.version).artifact)
    body = learning.broken(whole.body, whole.manifest.signature.output.task)
    sha256 = hashlib.sha256(body).hexdigest()
    _keep(artifacts, replace(whole.manifest, sha256=sha256, size=len(body), run=drill.run, golden=()), body)
    outcome = f"a copy of version {drill.version} gives no number for about a third of its rows"
    step = Step(drill.model, drill.run, "drill", clock.now(), clock.ticks() - began, outcome, (("artifact", sha256),))
    registry.commit(Fact(step, fence=drill.run))
    return Refitted(sha256)


def _manifest(request: Request, winner: Candidate, code: str, fitted: learning.Fitted, body: bytes) -> Manifest:
    return Manifest(
        hashlib.sha256(body).hexdigest(),
        len(body),
        fitted.signature,
        winner.family,
        winner.parameters,
        request.dataset,
        request.run,
        code,
        fitted.golden,
        learning.made_with(),
    )


def _keep(artifacts: Objects, manifest: Manifest, body: bytes) -> None:
    """The model, then its manifest."""
    artifacts.write(places.artifact(manifest.sha256), body)
    artifacts.write(places.manifest(manifest.sha256), record.written(manifest))


def _made_before(registry: Registry, request: Request) -> str:
    """The artifact of the version that the run makes once more; "" where it makes a new one."""
    run = registry.model(request.model, Ref(Noun.RUN, request.run)).run(request.run)
    if run.begin_at is not BeginAt.TRAIN:
        return ""
    return registry.model(request.model, Ref(Noun.VERSION, run.version)).version(run.version).artifact


def _spec(registry: Registry, request: Request) -> Spec:
    return registry.model(request.model, Ref(Noun.SPEC, request.spec)).spec(request.spec).spec


def _candidate(spec: Spec, index: int) -> Candidate:
    return learning.candidates(spec)[index]


def _survivors(spec: Spec, request: Request, artifacts: Objects) -> tuple[int, ...]:
    """Who leaves the rung, best first."""
    tried = artifacts.keys(places.rung(request.model, request.run, request.rung))
    trials = [record.read(Trial, artifacts.read(key)) for key in tried]
    return learning.survivors(trials, learning.rungs(spec)[request.rung - 1], spec)


def _dataset(request: Request, artifacts: Objects, scratch: Path) -> Path:
    """The data version's columns on this machine; a warm worker has them already."""
    prefix = places.dataset(request.model, request.dataset, "")
    return gather(artifacts, prefix, scratch / request.dataset, NOT_LEARNED_FROM)
