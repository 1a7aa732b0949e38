"""Replay: a shadow answers what callers have sent since it began, beside the champion; callers pay nothing for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

import numpy as np

from shared.domain import bake, capture, places, record
from shared.domain.change import Fact, Noun, Ref
from shared.domain.hour import HOUR
from shared.domain.replay import Replay
from shared.domain.run import Step
from shared.domain.serving import champion
from shared.engines import scoring
from shared.ports.artifacts import load
from shared.ports.clock import Clock
from shared.ports.objects import Objects
from shared.ports.registry import Registry

MOST = 20_000
"""Rows that are replayed, the first ones."""

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Request:
    """Which version, at which step of which run; rows count from an instant on, in milliseconds since 1970."""

    model: str
    run: str
    version: int
    step: int
    since_ms: int


@dataclass(frozen=True, slots=True)
class Result:
    """Rows that were replayed."""

    rows: int


def run(request: Request, *, registry: Registry, artifacts: Objects, captures: Objects, clock: Clock) -> Result:
    """Replay, and keep what it came to with the run; raises ArtifactRefused, Superseded."""
    began = clock.ticks()
    model = registry.model(request.model, Ref(Noun.VERSION, request.version))
    usual, tried = (
        _scorer(artifacts, sha256)
        for sha256 in (champion(model.serving).artifact, model.version(request.version).artifact)
    )
    rows = list(islice(_captured(request, captures, clock.now()), MOST))
    replayed = _compared(rows, usual, tried)
    artifacts.write(places.replay(request.model, request.run), record.written(replayed))
    name = bake.named("replay", request.step)
    step = Step(request.model, request.run, name, clock.now(), clock.ticks() - began, _said(request, replayed))
    registry.commit(Fact(step, fence=request.run))
    return Result(replayed.rows)


def _scorer(artifacts: Objects, sha256: str) -> scoring.Scorer:
    artifact = load(artifacts, sha256)
    return scoring.Scorer(artifact.body, artifact.manifest.signature)


def _captured(request: Request, captures: Objects, now: datetime) -> Iterator[Row]:
    """The cells of the rows that came since, as they were delivered; cells that were too long are not there."""
    hour = datetime.fromtimestamp(request.since_ms / 1000, UTC).replace(minute=0, second=0, microsecond=0)
    while hour <= now:
        for key in captures.keys(f"{capture.PREFIX}{hour:%Y/%m/%d/%H}/"):
            lines, _ = capture.read(captures.read(key))
            said = (line for line in lines if isinstance(line, capture.Captured) and line.model == request.model)
            yield from (row.cells for line in said if line.at >= request.since_ms for row in line.rows if row.cells)
        hour += HOUR


def _compared(rows: Sequence[Row], usual: scoring.Scorer, tried: scoring.Scorer) -> Replay:
    """By the rows that the champion can answer: a column that was captured in disguise cannot be replayed."""
    expected, given = scoring.replayed(rows, usual), scoring.replayed(rows, tried)
    answered = ~np.isnan(expected).any(axis=1)
    both = answered & ~np.isnan(given).any(axis=1)
    gaps = np.abs(expected[both] - given[both]).max(axis=1, initial=0.0)
    decided = scoring.decisions(expected[both], usual) != scoring.decisions(given[both], tried)
    mean, largest = (float(gaps.mean()), float(gaps.max())) if gaps.size else (0.0, 0.0)
    return Replay(int(answered.sum()), int((answered & ~both).sum()), mean, largest, int(decided.sum()))


def _said(request: Request, replayed: Replay) -> str:
    if not replayed.rows:
        return "no row that can be replayed was captured"
    return (
        f"version {request.version} answered {replayed.rows:,} captured rows and failed {replayed.failed:,}; "
        f"answers differ by {replayed.mean:.3f} on average, {replayed.largest:.3f} at most, "
        f"decisions on {replayed.decided:,}"
    )
