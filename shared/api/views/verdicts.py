"""Verdicts: whether a candidate may become a version, with every figure that said so."""

from dataclasses import dataclass

from shared.api.views.view import View
from shared.domain.gate import GateResult
from shared.domain.scores import Measure, Scores
from shared.domain.slice import SliceResult
from shared.domain.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What evaluate kept of a candidate, as far as it is shown here."""

    scores: Scores
    verdict: Verdict


class MeasureView(View):
    """A metric with its 95 % interval; latency_p99 in milliseconds, size in bytes."""

    name: str
    value: float
    low: float
    high: float


class GateView(View):
    """One limit of the spec: whether it held, in a sentence."""

    name: str
    rule: str
    limit: float
    outcome: str
    sentence: str


class SliceView(View):
    """One group of rows: whether it lags too far behind all rows, in a sentence."""

    column: str
    value: str
    rows: int
    outcome: str
    sentence: str


class VerdictView(View):
    """accepted or refused: reasons say why, notes what stayed unsure or was skipped."""

    decision: str
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    metric: str
    test_rows: int
    compared_with_version: int | None
    measures: tuple[MeasureView, ...]
    differences: tuple[MeasureView, ...]
    gates: tuple[GateView, ...]
    slices: tuple[SliceView, ...]


def verdict(of: Evaluation) -> VerdictView:
    """A candidate's verdict; differences are candidate minus champion on the same rows."""
    said, scores = of.verdict, of.scores
    differences = (Measure(each.name, each.value, each.low, each.high) for each in said.comparisons)
    return VerdictView(
        decision=said.decision,
        reasons=said.reasons,
        notes=said.notes,
        metric=scores.metric,
        test_rows=scores.rows,
        compared_with_version=scores.champion,
        measures=tuple(map(_measure, said.measures)),
        differences=tuple(map(_measure, differences)),
        gates=tuple(map(_gate, said.gates)),
        slices=tuple(map(_slice, said.slices)),
    )


def _measure(of: Measure) -> MeasureView:
    return MeasureView(name=of.name, value=of.value, low=of.low, high=of.high)


def _gate(of: GateResult) -> GateView:
    return GateView(name=of.name, rule=of.rule, limit=of.limit, outcome=of.outcome, sentence=of.sentence)


def _slice(of: SliceResult) -> SliceView:
    return SliceView(column=of.column, value=of.value, rows=of.rows, outcome=of.outcome, sentence=of.sentence)
