"""Verdict: whether a candidate may become a version, limit by limit, and why."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from shared.domain import slice as slices
from shared.domain.gate import GateResult, held
from shared.domain.limit import Outcome
from shared.domain.scores import Comparison, Measure, Scores
from shared.domain.slice import SliceResult
from shared.domain.spec.evaluate import Evaluate


class Decision(StrEnum):
    """What the verdict came to."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision; reasons say why, notes say what stayed unsure or was skipped."""

    decision: Decision
    reasons: tuple[str, ...]
    notes: tuple[str, ...]
    gates: tuple[GateResult, ...]
    slices: tuple[SliceResult, ...]
    measures: tuple[Measure, ...]
    comparisons: tuple[Comparison, ...]


def judge(scores: Scores, rules: Evaluate) -> Verdict:
    """Hold scores against the spec's limits: refused as soon as one limit fails, with every failed one as a reason."""
    gates = tuple(result for name, gate in rules.gates.items() for result in held(name, gate, scores))
    groups = tuple(_groups(scores, rules))
    failed = _sentences((*gates, *groups), Outcome.FAILED)
    return Verdict(
        decision=Decision.REFUSED if failed else Decision.ACCEPTED,
        reasons=failed or (_held(gates, groups),),
        notes=(
            *_sentences(gates, Outcome.UNSURE),
            *_sentences(gates, Outcome.SKIPPED),
            *_unsure(groups),
            *_left_out(scores),
        ),
        gates=gates,
        slices=groups,
        measures=scores.measures,
        comparisons=scores.comparisons,
    )


def _groups(scores: Scores, rules: Evaluate) -> Iterator[SliceResult]:
    if rules.slices is not None:
        limit = rules.slices.may_lag
        yield from (slices.judged(group, scores.metric, limit) for group in scores.slices)
        yield from (slices.left_out(group, limit) for group in scores.left_out)


def _sentences(results: Iterable[GateResult | SliceResult], outcome: Outcome) -> tuple[str, ...]:
    return tuple(result.sentence for result in results if result.outcome is outcome)


def _held(gates: tuple[GateResult, ...], groups: tuple[SliceResult, ...]) -> str:
    limits, lags = (sum(each.outcome is not Outcome.SKIPPED for each in results) for results in (gates, groups))
    return f"no limit is broken: {limits} of gates, {lags} of slices" if limits + lags else "no limit was set"


def _unsure(groups: tuple[SliceResult, ...]) -> Iterator[str]:
    """One sentence a column; each group says it at greater length itself."""
    values: dict[str, list[str]] = {}
    for group in groups:
        if group.outcome is Outcome.UNSURE:
            values.setdefault(group.column, []).append(group.value)
    yield from (f"{column}: may lag too far behind all rows (unsure): {', '.join(v)}" for column, v in values.items())


def _left_out(scores: Scores) -> Iterator[str]:
    """One sentence a column and reason: a wide column has many small groups."""
    counts = Counter((group.column, group.why) for group in scores.left_out)
    yield from (f"{column}: {count} not judged, {why}" for (column, why), count in counts.items())
