"""The model card: what a version is for, what it learned from, how it was judged, and where it comes from.

After M. Mitchell et al., Model Cards for Model Reporting, FAccT 2019. One HTML page, no script, nothing from outside.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shared.documents.picture import square, strip
from shared.documents.templates import template
from shared.domain import figures
from shared.domain.artifact import Manifest
from shared.domain.dataset import Dataset
from shared.domain.reproduction import TOLERANCE
from shared.domain.scores import BETTER, Scores
from shared.domain.slice import SliceResult
from shared.domain.spec import Spec
from shared.domain.spec.data import Column
from shared.domain.spec.parts import Value
from shared.domain.spec.train import Scalar
from shared.domain.trial import Trial
from shared.domain.verdict import Verdict

_TRIALS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class CardFacts:
    """All that a card is written from; a candidate that was refused has no version."""

    spec: Spec
    spec_version: int
    version: int | None
    run: str
    at: datetime
    dataset: Dataset
    trials: tuple[Trial, ...]
    manifest: Manifest
    scores: Scores
    verdict: Verdict


def card(facts: CardFacts) -> str:
    """The card as a page of HTML."""
    return _CARD.render(
        facts=facts,
        spec=facts.spec,
        scores=facts.scores,
        verdict=facts.verdict,
        better=BETTER,
        comparisons={each.name: each for each in facts.scores.comparisons},
        leading=next(each for each in facts.scores.measures if each.name == facts.scores.metric),
        trials=_best(facts.trials),
        square=square(facts.scores.calibration) if facts.scores.calibration else None,
        strip=strip(facts.verdict.slices),
        tolerance=f"{TOLERANCE:.0e}",
    )


def _best(trials: tuple[Trial, ...]) -> tuple[Trial, ...]:
    """The furthest first, and among equals the best."""
    worked = (trial for trial in trials if not trial.error)
    return tuple(sorted(worked, key=lambda trial: (-trial.rung, -trial.score)))[:_TRIALS_SHOWN]


def _instant(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _share(value: float) -> str:
    return f"{value:.1%}"


def _count(value: int) -> str:
    return f"{value:,}"


def _parameters(values: Mapping[str, Scalar]) -> str:
    return ", ".join(
        f"{name} {value:.4g}" if isinstance(value, float) else f"{name} {value}" for name, value in values.items()
    )


def _allowed(column: Column) -> str:
    """Which values a column takes, and what happens to the others, in a few words."""
    ends = [f"{word} {end:g}" for word, end in (("from", column.min), ("to", column.max)) if end is not None]
    fills = [
        f"{case}: {f'{fill.value} instead' if isinstance(fill, Value) else fill}"
        for case, fill in (("missing", column.missing), ("unseen", column.unseen), ("outside", column.outside))
        if fill != "reject"
    ]
    return " · ".join((*ends, *((", ".join(column.values),) if column.values else ()), *fills))


def _lag(group: SliceResult, metric: str) -> str:
    """How far a group lags, with the digits of its interval."""
    value, ends = group.lag or 0.0, group.interval or (0.0, 0.0)
    return figures.change(metric, value, *ends).partition(" ")[0]


_CARD = template(
    "card.html.j2",
    instant=_instant,
    share=_share,
    count=_count,
    parameters=_parameters,
    allowed=_allowed,
    lag=_lag,
    figure=lambda value, name="": figures.figure(name, value),
    quoted=lambda each: figures.quoted(each.name, each.value, each.low, each.high),
    change=lambda each: figures.change(each.name, each.value, each.low, each.high),
)
