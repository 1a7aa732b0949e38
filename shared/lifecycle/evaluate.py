"""Evaluate: a candidate is judged on the untouched rows, beside the champion; a verdict with reasons."""

import io
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shared.documents.card import CardFacts, card
from shared.domain import places, record
from shared.domain.change import Fact, Noun, Ref
from shared.domain.reason import LONGEST
from shared.domain.run import Step
from shared.domain.scores import Measure, Scores
from shared.domain.spec import Spec
from shared.domain.trial import Trial
from shared.domain.verdict import Decision, judge
from shared.engines import evaluation
from shared.ports.artifacts import manifest
from shared.ports.clock import Clock
from shared.ports.objects import Objects, gather
from shared.ports.registry import Registry
from shared.statistics.answers import Answers

NOT_JUDGED_BY = frozenset({"rows.parquet", "rejects.csv", "profile.json"})


@dataclass(frozen=True, slots=True)
class Request:
    """Whose scores: the artifact's, and those of the champion beside it (0 = nothing serves yet)."""

    model: str
    run: str
    spec: int
    dataset: str
    artifact: str
    champion: int


@dataclass(frozen=True, slots=True)
class Result:
    """The decision, and why in one sentence."""

    decision: Decision
    detail: str


def run(request: Request, *, registry: Registry, artifacts: Objects, clock: Clock, scratch: Path) -> Result:
    """Measure, judge, and keep all of it with the run; a refused candidate has its card too. Raises Superseded."""
    began = clock.ticks()
    model = registry.model(request.model, Ref(Noun.SPEC, request.spec), Ref(Noun.DATASET, request.dataset))
    spec = model.spec(request.spec).spec
    scores = _scores(request, spec, artifacts, scratch)
    verdict = judge(scores, spec.evaluate)
    made = manifest(artifacts, request.artifact)
    facts = CardFacts(
        spec,
        request.spec,
        None,
        request.run,
        clock.now(),
        model.dataset(request.dataset),
        _trials(request.model, made.run, artifacts),
        made,
        scores,
        verdict,
    )
    artifacts.write(places.evaluation(request.model, request.run), record.written(facts))
    if verdict.decision is Decision.REFUSED:
        artifacts.write(places.card(request.model, request.run), card(facts).encode())
    detail = "; ".join(verdict.reasons)
    outcome = f"{verdict.decision}: {detail}"
    step = Step(request.model, request.run, "evaluate", clock.now(), clock.ticks() - began, outcome)
    registry.commit(Fact(step, fence=request.run))
    return Result(verdict.decision, detail[:LONGEST])  # a machine's payload is small; the step tells it all


def _scores(request: Request, spec: Spec, artifacts: Objects, scratch: Path) -> Scores:
    """Everything measured: on the rows by the engine, and what score read of latency, size and parity."""
    prefix = places.dataset(request.model, request.dataset, "")
    folder = gather(artifacts, prefix, scratch / request.dataset, NOT_JUDGED_BY)
    rows = np.flatnonzero(np.load(folder / "split.npy", allow_pickle=False) == 1)
    threshold = manifest(artifacts, request.artifact).signature.output.threshold
    truth = np.load(folder / "target.npy", allow_pickle=False)[rows]
    candidate = Answers(truth, _answers(request, "candidate", artifacts), threshold or 0.5)
    rival = None
    if request.champion:
        champion = Answers(truth, _answers(request, "champion", artifacts), threshold or 0.5)
        rival = evaluation.Rival(request.champion, champion)
    by = _groupings(spec, folder, rows)
    measured = evaluation.scores(spec, candidate, rival, by, np.random.default_rng(spec.train.search.seed))
    costs = record.read(tuple[Measure, ...], artifacts.read(places.costs(request.model, request.run)))
    return replace(measured, measures=(*measured.measures, *costs))


def _answers(request: Request, arm: str, artifacts: Objects) -> NDArray[np.float64]:
    body = io.BytesIO(artifacts.read(places.scores(request.model, request.run, arm)))
    answers: NDArray[np.float64] = np.load(body, allow_pickle=False)
    return answers


def _groupings(spec: Spec, folder: Path, rows: NDArray[np.int64]) -> dict[str, evaluation.Grouping]:
    """The columns that the spec slices by."""
    columns = spec.evaluate.slices.by if spec.evaluate.slices else ()
    words = record.read(dict[str, tuple[str, ...]], (folder / "vocabulary.json").read_bytes())
    codes = {name: np.load(folder / "columns" / f"{name}.npy", allow_pickle=False)[rows] for name in columns}
    return {name: evaluation.Grouping(codes[name], words[name]) for name in columns}


def _trials(model: str, run: str, artifacts: Objects) -> tuple[Trial, ...]:
    """What the artifact was chosen among, by the run that made it: a restored version is judged by a later one."""
    keys = artifacts.keys(places.trials(model, run))
    return tuple(record.read(Trial, artifacts.read(key)) for key in keys)
