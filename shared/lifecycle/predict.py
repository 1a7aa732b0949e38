"""Predict: rows go to the versions that serve, each row to one arm; nothing is written.

A warm call reads nothing: the serving record is kept for `fresh_s` seconds, an artifact for as long as the process.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from shared.domain.errors import ArtifactRefused, ModelTooSlow, NotFound, Problem, Retired, TooLarge
from shared.domain.prediction import Row, dealt, row_bytes, sharing, stem
from shared.domain.serving import Arm, Role, Serving, champion
from shared.domain.signature import Output
from shared.engines import scoring
from shared.engines.scoring.answers import Answer, Scores, Value, answers
from shared.ports.artifacts import load
from shared.ports.clock import Clock
from shared.ports.ids import Ids
from shared.ports.objects import Objects
from shared.ports.serving import Servings

MODELS_KEPT, ARTIFACTS_KEPT = 1024, 16
"""Serving records and loaded artifacts in memory."""

FAR = 1e-4
"""A golden row whose answer is further than this from the one kept with it: another model, or another machine."""

CHUNK, SLOW_S = 1000, 20.0
"""Rows scored at once, and the seconds after which no more are begun: the gateway waits for 30."""

LARGEST_ANSWER = 5_800_000
"""Bytes: Lambda gives back 6 MB."""


@dataclass(frozen=True, slots=True)
class Request:
    """Rows for a model; a version where the caller pins one (0: the model's own route)."""

    model: str
    instances: Sequence[Row]
    version: int = 0


@dataclass(frozen=True, slots=True)
class Prediction:
    """One row's answer; a probability a class and the threshold that decided, where the task has them."""

    id: str
    version: int
    value: Value
    probabilities: Mapping[str, float] | None = None
    threshold: float | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """Predictions in the order of the rows; version is the champion's, or the pinned one."""

    model: str
    version: int
    predictions: Sequence[Prediction]


def run(request: Request, *, servings: Servings, artifacts: Objects, clock: Clock, ids: Ids, fresh_s: float) -> Result:
    """Answer every row or none.

    Raises NotFound, NoChampion, Retired, RowsRefused (a pointer a cell), TooLarge (the answer), ModelTooSlow.
    """
    began = clock.ticks()
    serving = _serving(servings, request.model, int(began // fresh_s))  # type: ignore[arg-type]  # hashed by identity
    chosen = _pinned(serving, request.version) if request.version else champion(serving)
    arms = (chosen,) if request.version else sharing(serving.arms)
    ready = {arm: _ready(request, arm, artifacts) for arm in arms}
    made = ids.new("prd").removeprefix("prd_")
    predictions: dict[int, Prediction] = {}
    for arm, places in dealt(arms, request.model, request.instances).items():
        answered = _answered(ready[arm], places, lambda: clock.ticks() - began)
        named, threshold = stem(request.model, arm.version, arm.role, made), ready[arm].output.threshold
        for place, (value, probabilities) in zip(places, answered, strict=True):
            predictions[place] = Prediction(f"{named}{place}", arm.version, value, probabilities, threshold)
    return Result(request.model, chosen.version, [predictions[place] for place in range(len(predictions))])


@lru_cache(MODELS_KEPT)
def _serving(servings: Servings, model: str, moment: int) -> Serving:
    """The serving record, read once in each moment of `fresh_s` seconds; what is not there is asked for again."""
    del moment
    return servings.serving(model)


@lru_cache(ARTIFACTS_KEPT)
def _scorer(artifacts: Objects, sha256: str) -> scoring.Scorer:
    """The artifact, ready to answer: its bytes are those of its name, its golden rows come out as they must."""
    try:
        artifact = load(artifacts, sha256)
    except NotFound as gone:
        raise ArtifactRefused("the model that serves is not in the store", *gone.problems) from gone
    scorer = scoring.Scorer(artifact.body, artifact.manifest.signature)
    gap = scoring.golden_gap(scorer, artifact.manifest.golden) if artifact.manifest.golden else 0.0
    if not gap <= FAR:
        problem = Problem("/golden", "another answer than was kept", f"{gap:.1e} apart", f"at most {FAR:g}")
        raise ArtifactRefused("the model does not answer its golden rows as it must", problem)
    return scorer


def _pinned(serving: Serving, version: int) -> Arm:
    """The arm of a version that a caller chose: no judge may count it. Raises Retired, NotFound."""
    arm = next((arm for arm in serving.arms if arm.version == version), None)
    if arm is not None:
        return replace(arm, role=Role.PINNED)
    name = serving.model
    problem = Problem("/version", "does not answer", fix=f"leave it to POST /models/{name}/predict")
    if any(version < arm.version for arm in serving.arms):
        raise Retired(f"version {version} of {name} does not answer any more", problem)
    raise NotFound(f"no version {version} of {name} answers", problem)


@dataclass(frozen=True, slots=True)
class Ready:
    """A version that may answer, and all rows as it takes them."""

    scorer: scoring.Scorer
    batch: scoring.Batch

    @property
    def output(self) -> Output:
        """What comes back."""
        return self.scorer.signature.output


def _ready(request: Request, arm: Arm, artifacts: Objects) -> Ready:
    """All rows are encoded for each version, so that whether one is refused depends on no draw."""
    scorer = _scorer(artifacts, arm.artifact)  # type: ignore[arg-type]  # hashed by identity
    _must_fit(request, scorer.signature.output)
    return Ready(scorer, scoring.encode(request.instances, scorer.signature))


def _answered(ready: Ready, places: Sequence[int], spent: Callable[[], float]) -> Iterator[Answer]:
    """A version's answers to the rows at these places."""
    rows = len(next(iter(ready.batch.values())))
    batch = ready.batch if len(places) == rows else {name: cells[places] for name, cells in ready.batch.items()}
    scores = _scored(ready.scorer, batch, len(places), spent)
    if not np.isfinite(scores).all():
        raise ArtifactRefused("the model gave no number for a row")
    return answers(scores, ready.output)


def _scored(scorer: scoring.Scorer, batch: scoring.Batch, rows: int, spent: Callable[[], float]) -> Scores:
    """Scores of all rows, some at a time; raises ModelTooSlow instead of beginning more when time is up."""
    if rows <= CHUNK:
        return scorer.score(batch)
    parts = []
    for start in range(0, rows, CHUNK):
        if spent() > SLOW_S:
            problem = Problem("/instances", "not done in time", f"{rows:,} rows", fix="send fewer rows a call")
            raise ModelTooSlow(f"{start:,} of {rows:,} rows were done after {SLOW_S:.0f} s", problem)
        parts.append(scorer.score({name: cells[start : start + CHUNK] for name, cells in batch.items()}))
    return np.concatenate(parts)


def _must_fit(request: Request, output: Output) -> None:
    """Raise TooLarge for an answer that the gateway would not carry, before anything is scored."""
    most = LARGEST_ANSWER // row_bytes(output.classes)
    if len(request.instances) > most:
        problem = Problem("/instances", "the answer would be too large", expected=f"{most:,} rows at most")
        raise TooLarge(f"the answer to {len(request.instances):,} rows would be over 6 MB", problem)
