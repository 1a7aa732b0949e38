"""Score: candidate and champion answer the same untouched rows, by the code that serves."""

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shared.domain import places, record
from shared.domain.change import Fact, Noun, Ref
from shared.domain.run import Step
from shared.domain.scores import Measure
from shared.engines import scoring
from shared.ports.artifacts import load
from shared.ports.clock import Clock
from shared.ports.objects import Objects, gather
from shared.ports.registry import Registry

NOT_SCORED = frozenset({"rows.parquet", "rejects.csv", "profile.json"})


@dataclass(frozen=True, slots=True)
class Request:
    """Which artifact answers the test rows of which data version; "" is that of a version that is restored."""

    model: str
    run: str
    dataset: str
    artifact: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """What was scored, and the version that was scored beside it; 0 when nothing serves yet."""

    champion: int
    artifact: str


def run(request: Request, *, registry: Registry, artifacts: Objects, clock: Clock, scratch: Path) -> Result:
    """Write both arms' scores and the candidate's costs; raises ArtifactRefused, Superseded."""
    began = clock.ticks()
    prefix = places.dataset(request.model, request.dataset, "")
    folder = gather(artifacts, prefix, scratch / request.dataset, NOT_SCORED)
    rows = np.flatnonzero(np.load(folder / "split.npy", allow_pickle=False) == 1)
    model = registry.model(request.model, *((Ref(Noun.VERSION, request.version),) if request.version else ()))
    artifact = load(artifacts, request.artifact or model.version(request.version).artifact)
    candidate = scoring.Scorer(artifact.body, artifact.manifest.signature)
    _write(artifacts, places.scores(request.model, request.run, "candidate"), candidate, folder, rows)
    golden = artifact.manifest.golden
    latency = scoring.latency(candidate, golden[0].row, clock.ticks)
    # What a restored version was fitted on is not at hand: its golden rows stand in.
    gap = _parity(request, artifacts, candidate, folder) if request.artifact else scoring.golden_gap(candidate, golden)
    measured = {"latency_p99": latency, "size": float(artifact.manifest.size), "parity": gap}
    costs = tuple(Measure(name, value, value, value) for name, value in measured.items())
    artifacts.write(places.costs(request.model, request.run), record.written(costs))
    if champion := model.serving.champion:
        before = load(artifacts, champion.artifact)
        scorer = scoring.Scorer(before.body, before.manifest.signature)
        _write(artifacts, places.scores(request.model, request.run, "champion"), scorer, folder, rows)
    size = artifact.manifest.size / 1000
    outcome = f"{len(rows):,} untouched rows; one row in {latency:.2f} ms at p99, {size:,.0f} kB"
    step = Step(request.model, request.run, "score", clock.now(), clock.ticks() - began, outcome)
    registry.commit(Fact(step, fence=request.run))
    return Result(champion.version if champion else 0, artifact.manifest.sha256)


def _write(artifacts: Objects, key: str, scorer: scoring.Scorer, folder: Path, rows: NDArray[np.int64]) -> None:
    body = io.BytesIO()
    np.save(body, scorer.score(scoring.stored(folder, scorer.signature, rows)), allow_pickle=False)
    artifacts.write(key, body.getvalue())


def _parity(request: Request, artifacts: Objects, scorer: scoring.Scorer, folder: Path) -> float:
    """How far the artifact is from the estimator that it was exported from, on rows that were fitted."""
    rows, answers = (
        np.load(io.BytesIO(artifacts.read(places.fit(request.model, request.run, file))), allow_pickle=False)
        for file in ("parity_rows.npy", "parity_answers.npy")
    )
    return scoring.parity(scorer, scoring.stored(folder, scorer.signature, rows), answers)
