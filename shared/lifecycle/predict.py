"""Predict: rows go to the versions that serve, each row to one arm; nothing is written.

A warm call reads nothing: the serving record is kept for `fresh_s` seconds, an artifact for as long as the process.
A challenger that breaks costs its callers nothing: the champion answers its rows, and they are captured as failed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from shared.domain.capture import CapturedRow, chosen, disguised
from shared.domain.errors import ArtifactRefused, NotFound, Problem, Retired
from shared.domain.prediction import Row, dealt, must_fit, sharing, stem
from shared.domain.serving import Arm, Role, Serving, champion
from shared.engines import scoring
from shared.engines.scoring.answers import Answer, Value, score
from shared.ports.artifacts import load
from shared.ports.clock import Clock
from shared.ports.ids import Ids
from shared.ports.objects import Objects
from shared.ports.serving import Servings, recent

ARTIFACTS_KEPT, BROKEN_S = 16, 60
"""Loaded artifacts in memory, and the seconds for which a challenger that did not load is left alone."""


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
    """Predictions in the order of the rows, from the champion's arm or the pinned one, and what is captured of them.

    `revision` is the serving record's; `faults` are why challengers did not answer rows that they were dealt.
    """

    model: str
    arm: Arm
    predictions: Sequence[Prediction]
    captured: Sequence[CapturedRow]
    revision: int
    faults: Sequence[Exception] = ()

    @property
    def version(self) -> int:
        """The champion's, or the pinned one."""
        return self.arm.version


def run(request: Request, *, servings: Servings, artifacts: Objects, clock: Clock, ids: Ids, fresh_s: float) -> Result:
    """Answer every row or none.

    Raises NotFound, NoChampion, Retired, RowsRefused (a pointer a cell), TooLarge (the answer), ModelTooSlow.
    """
    began = clock.ticks()
    serving = recent(servings, request.model, began, fresh_s)
    first = _pinned(serving, request.version) if request.version else champion(serving)
    arms = (first,) if request.version else sharing(serving.arms)
    asked = Asked(request, ids.new("prd").removeprefix("prd_"), lambda: clock.ticks() - began)
    voices = {voice.arm: voice for voice in _voices(asked, arms, artifacts, int(began // BROKEN_S))}
    made: dict[int, Answered] = {}
    for arm, places in dealt(arms, request.model, request.instances, serving.key).items():
        made |= _answered(asked, arm, voices.get(arm), voices[first], places)
    rows = [made[place] for place in range(len(made))]
    captured = [row.captured(request) for row in rows if chosen(asked.ulid, row.place, serving.capture)]
    return Result(request.model, first, [row.prediction() for row in rows], captured, serving.revision, asked.faults)


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
class Asked:
    """A request on its way: its ULID, the seconds that it has taken, and what went wrong so far."""

    request: Request
    ulid: str
    spent: Callable[[], float]
    faults: list[Exception] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Voice:
    """A version that may answer: its arm, what its ids begin with, and all rows as it takes them."""

    arm: Arm
    stem: str
    ready: scoring.Ready


@dataclass(frozen=True, slots=True)
class Answered:
    """One row's answer: by whom, and for which arm."""

    place: int
    by: Voice
    dealt: Arm
    answer: Answer

    def prediction(self) -> Prediction:
        """What the caller is told."""
        threshold = self.by.ready.signature.output.threshold
        return Prediction(f"{self.by.stem}{self.place}", self.by.arm.version, *self.answer, threshold)

    def captured(self, request: Request) -> CapturedRow:
        """What is captured of it."""
        signature = self.by.ready.signature
        cells = disguised(request.model, request.instances[self.place], signature.private)
        said = score(self.answer, signature.output)
        failed = self.by.arm is not self.dealt
        return CapturedRow(f"{self.by.stem}{self.place}", self.dealt.name, said, cells, failed)


def _voices(asked: Asked, arms: Sequence[Arm], artifacts: Objects, moment: int) -> Iterator[Voice]:
    """All rows are encoded for each version that loads, so that whether one is refused depends on no draw."""
    *challengers, last = arms
    for arm in challengers:
        found = _tried(artifacts, arm.artifact, moment)  # type: ignore[arg-type]  # hashed by identity
        if isinstance(found, Exception):
            asked.faults.append(found)
        else:
            yield _voice(asked, arm, found)
    yield _voice(asked, last, _scorer(artifacts, last.artifact))  # type: ignore[arg-type]  # hashed by identity


def _voice(asked: Asked, arm: Arm, scorer: scoring.Scorer) -> Voice:
    """The version with the rows as it takes them; raises RowsRefused, TooLarge."""
    model, rows = asked.request.model, asked.request.instances
    must_fit(len(rows), scorer.signature.output.classes)
    ready = scoring.Ready(scorer, scoring.encode(rows, scorer.signature))
    return Voice(arm, stem(model, arm.version, arm.role, asked.ulid), ready)


def _answered(asked: Asked, arm: Arm, own: Voice | None, first: Voice, places: Sequence[int]) -> dict[int, Answered]:
    """Answers to the arm's rows: by its own voice where it has one, and by the first where that one fails."""
    made = _tolerated(asked, own, places) if own and own is not first else {}
    left = [place for place in places if place not in made] if made else places
    for place, answer in first.ready.answers(left, asked.spent) if left else ():
        made[place] = Answered(place, first, arm, answer)
    if len(made) < len(places):
        raise ArtifactRefused("the model gave no number for a row")
    return made


def _tolerated(asked: Asked, voice: Voice, places: Sequence[int]) -> dict[int, Answered]:
    """What a challenger answers of its rows, which may be nothing."""
    try:
        answered = dict(voice.ready.answers(places, asked.spent))
    except Exception as broken:  # noqa: BLE001  # whatever a challenger does, its callers get their answers
        asked.faults.append(broken)
        return {}
    if len(answered) < len(places):
        asked.faults.append(ArtifactRefused("the challenger gave no number for a row"))
    return {place: Answered(place, voice, voice.arm, answer) for place, answer in answered.items()}


@lru_cache(ARTIFACTS_KEPT)
def _scorer(artifacts: Objects, sha256: str) -> scoring.Scorer:
    """The artifact, ready to answer: its bytes are those of its name, its golden rows come out as they must."""
    try:
        artifact = load(artifacts, sha256)
    except NotFound as gone:
        raise ArtifactRefused("the model that serves is not in the store", *gone.problems) from gone
    return scoring.verified(artifact.body, artifact.manifest)


@lru_cache(ARTIFACTS_KEPT)
def _tried(artifacts: Objects, sha256: str, moment: int) -> scoring.Scorer | Exception:
    """A challenger's artifact, or why there is none, remembered for this moment: no call waits for it again."""
    del moment
    try:
        return _scorer(artifacts, sha256)  # type: ignore[arg-type]  # hashed by identity
    except Exception as broken:  # noqa: BLE001  # whatever a challenger is, its callers get their answers
        return broken.with_traceback(None)
