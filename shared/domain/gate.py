"""Gate: the limits that a spec sets on one metric, held against what was measured."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from shared.domain import figures
from shared.domain.limit import Outcome, Range, claim, loss
from shared.domain.scores import Comparison, Measure, Scores
from shared.domain.spec.evaluate import Gate


@dataclass(frozen=True, slots=True)
class GateResult:
    """One limit of a gate. Value and interval: the measure for min and max, candidate minus champion for the others."""

    name: str
    rule: str
    limit: float
    value: float | None
    interval: tuple[float, float] | None
    outcome: Outcome
    sentence: str


_ABSOLUTE: Mapping[str, Callable[[Range, float], Outcome]] = {"min": Range.at_least, "max": Range.at_most}
_RELATIVE: Mapping[str, Callable[[Range, float], Outcome]] = {
    "may_lose": Range.at_most,
    "must_gain": lambda lost, limit: lost.turned().at_least(limit),
}


def held(name: str, gate: Gate, scores: Scores) -> Iterator[GateResult]:
    """Every limit of one gate, in the spec's order; a gate on something that nobody measured is a KeyError."""
    measures = {measure.name: measure for measure in scores.measures}
    comparisons = {comparison.name: comparison for comparison in scores.comparisons}
    for rule in _ABSOLUTE:
        if (limit := getattr(gate, rule)) is not None:
            yield _absolute(measures[name], rule, limit)
    for rule in _RELATIVE:
        if (limit := getattr(gate, rule)) is not None and name in comparisons:
            yield _relative(comparisons[name], rule, limit, f"version {scores.champion}")
        elif limit is not None:
            yield _skipped(name, rule, limit, scores.champion)


def _absolute(of: Measure, rule: str, limit: float) -> GateResult:
    outcome = _ABSOLUTE[rule](Range(of.value, of.low, of.high), limit)
    words = claim(rule, outcome, figures.limit(of.name, limit))
    sentence = f"{of.name} {words}: {figures.quoted(of.name, of.value, of.low, of.high)}"
    return GateResult(of.name, rule, limit, of.value, (of.low, of.high), outcome, sentence)


def _relative(of: Comparison, rule: str, limit: float, champion: str) -> GateResult:
    outcome = _RELATIVE[rule](loss(of.name, Range(of.value, of.low, of.high)), limit)
    words = claim(rule, outcome, figures.limit(of.name, limit), champion)
    sentence = f"{of.name} {words}: {figures.change(of.name, of.value, of.low, of.high)}"
    return GateResult(of.name, rule, limit, of.value, (of.low, of.high), outcome, sentence)


def _skipped(name: str, rule: str, limit: float, champion: int | None) -> GateResult:
    why = "there is no champion" if champion is None else f"version {champion} was not measured for it"
    sentence = f"{name}, {rule} {figures.limit(name, limit)}: skipped, {why}"
    return GateResult(name, rule, limit, None, None, Outcome.SKIPPED, sentence)
