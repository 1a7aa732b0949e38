"""Reading: the reference of a version from its artifacts, and the hours that were captured of it."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shared.domain import places, profile, record
from shared.domain.artifact import Manifest
from shared.domain.change import Noun, Ref
from shared.domain.check import Check
from shared.domain.hour import HOUR, Watermark
from shared.domain.spec import Spec, Task
from shared.domain.split import Side
from shared.domain.trial import Trial
from shared.engines import monitoring
from shared.engines.monitoring import Hours, Reference
from shared.ports.artifacts import manifest
from shared.ports.objects import Objects
from shared.ports.profiles import Profiles
from shared.ports.registry import Registry
from shared.statistics import performance
from shared.statistics.profile import size

LOOKED_BACK = timedelta(days=62)
"""Windows that end earlier than so long before the newest event are past looking at."""

VERSIONS_KEPT = 8
"""References that are kept in memory: they never change."""

_EPOCH = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """What a champion is compared with, what was captured of it, and from which hour on it was read."""

    task: Task
    reference: Reference
    hours: Hours
    since: int


def read(
    registry: Registry, artifacts: Objects, profiles: Profiles, before: Check, spec: Spec, mark: Watermark
) -> Read:
    """The hours that windows may begin in which no check has seen yet; raises NotFound."""
    task, reference = _known(registry, artifacts, before.model, before.version)  # type: ignore[arg-type]  # by identity
    end, window = (mark.events or _EPOCH) + HOUR, spec.monitor.window
    looked = [before.drift_until, before.drop_until if mark.outcomes else before.drift_until]
    back = end - max(LOOKED_BACK, 2 * spec.monitor.outcomes) - window
    since = max(before.since or _EPOCH, min(at or _EPOCH for at in looked) - window, back)
    kept = profiles.hours(before.model, before.version, since, end)
    first = min((hour.at for hour in kept), default=None)
    length = len(performance.summed(task, *_nothing(task)))
    hours = monitoring.captured(kept, _hour(first or end), _hour(end), size(reference.bins), length)
    return Read(task, reference, hours, _hour(since) if kept else _hour(end))


def _hour(at: datetime) -> int:
    return int(at.timestamp() // 3600)


def _nothing(task: Task) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Scores and outcomes of no rows."""
    return np.zeros((0, 1) if task is Task.MULTICLASS else 0), np.zeros(0)


@lru_cache(VERSIONS_KEPT)
def _known(registry: Registry, artifacts: Objects, model: str, number: int) -> tuple[Task, Reference]:
    """The reference of a version: the rows that it was made of, and what it said of them; raises NotFound."""
    version = registry.model(model, Ref(Noun.VERSION, number)).version(number)
    spec = registry.model(model, Ref(Noun.SPEC, version.spec)).spec(version.spec).spec
    made = manifest(artifacts, version.artifact)
    bins = profile.from_json(_file(artifacts, model, made, "profile.json").decode())
    words = record.read(dict[str, tuple[str, ...]], _file(artifacts, model, made, "vocabulary.json"))
    split, actual = (_array(_file(artifacts, model, made, file)) for file in ("split.npy", "target.npy"))
    answers = _answers(artifacts, model, made, split)
    rows = monitoring.Rows(
        lambda name: _array(_file(artifacts, model, made, f"columns/{name}.npy")), words, answers, actual
    )
    return spec.task, monitoring.reference(spec, bins, rows)


def _answers(artifacts: Objects, model: str, made: Manifest, split: NDArray[Any]) -> NDArray[np.float64]:
    """What the version said of each row before it had learned from it (n,) or (n, k); NaN where nothing is kept."""
    parts: Mapping[Side, str | None] = {
        Side.TRAIN: _out_of_fold(artifacts, model, made),
        Side.TEST: places.scores(model, made.run, "candidate"),
    }
    found = {side: _array(artifacts.read(key)) for side, key in parts.items() if key}
    answers = np.full((len(split), *found[Side.TEST].shape[1:]), np.nan)
    for side, said in found.items():
        answers[split == side] = said
    return answers


def _out_of_fold(artifacts: Objects, model: str, made: Manifest) -> str | None:
    """Where the out-of-fold answers of the winner lie; None of an artifact that no search of ours has found."""
    kept = frozenset(artifacts.keys(places.out_of_fold(model, made.run, 0).removesuffix("0.npy")))
    for key in artifacts.keys(places.trials(model, made.run)):
        candidate = record.read(Trial, artifacts.read(key)).candidate
        place = places.out_of_fold(model, made.run, candidate.index)
        if place in kept and (candidate.family, candidate.parameters) == (made.family, made.parameters):
            return place
    return None


def _file(artifacts: Objects, model: str, made: Manifest, file: str) -> bytes:
    return artifacts.read(places.dataset(model, made.dataset, file))


def _array(body: bytes) -> NDArray[Any]:
    array: NDArray[Any] = np.load(io.BytesIO(body), allow_pickle=False)
    return array
