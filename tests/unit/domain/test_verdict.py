"""A candidate is refused for what is surely too bad, and for nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.limit import Outcome
from shared.domain.scores import BETTER, METRICS, Better, Comparison, Measure, Scores
from shared.domain.spec.evaluate import Evaluate
from shared.domain.verdict import Decision, judge

numbers = st.floats(-100, 100, allow_nan=False)
distances = st.floats(0, 100)
intervals = st.tuples(numbers, numbers, numbers).map(lambda three: (sorted(three)[1], min(three), max(three)))
metrics = st.sampled_from(sorted(BETTER))


def scored(**measures: tuple[float, float, float]) -> Scores:
    """Scores of a first version: value, low, high by metric."""
    return Scores("roc_auc", 5000, tuple(Measure(name, *found) for name, found in measures.items()))


def compared(**differences: tuple[float, float, float]) -> Scores:
    """Scores against version 1: candidate minus champion, with the ends of its interval."""
    comparisons = tuple(Comparison(name, *found) for name, found in differences.items())
    return Scores("roc_auc", 5000, (), comparisons, champion=1)


def rules(**gates: dict[str, float]) -> Evaluate:
    return Evaluate.model_validate({"gates": gates})


@pytest.mark.parametrize(
    ("found", "outcome"),
    [
        ((0.62, 0.61, 0.63), Outcome.PASSED),
        ((0.61, 0.60, 0.62), Outcome.PASSED),
        ((0.61, 0.59, 0.63), Outcome.UNSURE),
        ((0.59, 0.58, 0.60), Outcome.UNSURE),
        ((0.58, 0.57, 0.59), Outcome.FAILED),
    ],
)
def test_a_lower_limit_is_inclusive_and_fails_only_above_the_whole_interval(
    found: tuple[float, float, float], outcome: Outcome
) -> None:
    verdict = judge(scored(roc_auc=found), rules(roc_auc={"min": 0.6}))
    assert verdict.gates[0].outcome is outcome
    assert verdict.decision is (Decision.REFUSED if outcome is Outcome.FAILED else Decision.ACCEPTED)


def test_a_latency_on_its_limit_passes_and_a_slower_one_fails() -> None:
    limit = rules(latency_p99={"max": 20})
    assert judge(scored(latency_p99=(20, 20, 20)), limit).decision is Decision.ACCEPTED
    verdict = judge(scored(latency_p99=(20.5, 20.5, 20.5)), limit)
    assert verdict.reasons == ("latency_p99 is above 20 ms: 20.5 ms",)


def test_an_unsure_gate_passes_with_unsure_beside_it() -> None:
    verdict = judge(scored(roc_auc=(0.61, 0.59, 0.63)), rules(roc_auc={"min": 0.6}))
    assert verdict.decision is Decision.ACCEPTED
    assert verdict.notes == ("roc_auc is not surely at least 0.6 (unsure): 0.6100 (0.5900 to 0.6300)",)


def test_a_retrain_that_surely_ranks_worse_is_refused_in_that_sentence() -> None:
    verdict = judge(compared(roc_auc=(-0.017, -0.020, -0.014)), rules(roc_auc={"may_lose": 0.005}))
    assert verdict.decision is Decision.REFUSED
    assert verdict.reasons == ("roc_auc loses more than 0.005 to version 1: -0.0170 (-0.0200 to -0.0140)",)


def test_lower_is_no_loss_where_lower_is_better() -> None:
    limit = rules(brier={"may_lose": 0.002})
    assert judge(compared(brier=(-0.006, -0.007, -0.005)), limit).gates[0].outcome is Outcome.PASSED
    assert judge(compared(brier=(0.006, 0.005, 0.007)), limit).gates[0].outcome is Outcome.FAILED


def test_what_must_gain_fails_when_it_surely_gains_less() -> None:
    limit = rules(brier={"must_gain": 0.002})
    assert judge(compared(brier=(-0.003, -0.0035, -0.0025)), limit).gates[0].outcome is Outcome.PASSED
    assert judge(compared(brier=(-0.002, -0.004, 0.0)), limit).gates[0].outcome is Outcome.UNSURE
    assert judge(compared(brier=(0.001, 0.0005, 0.0015)), limit).gates[0].outcome is Outcome.FAILED


def test_without_a_champion_relative_limits_are_skipped_and_the_verdict_says_so() -> None:
    verdict = judge(scored(roc_auc=(0.62, 0.61, 0.63)), rules(roc_auc={"min": 0.6, "may_lose": 0.005}))
    assert [gate.outcome for gate in verdict.gates] == [Outcome.PASSED, Outcome.SKIPPED]
    assert verdict.decision is Decision.ACCEPTED
    assert verdict.notes == ("roc_auc, may_lose 0.005: skipped, there is no champion",)


def test_what_was_not_measured_of_the_champion_is_skipped_too() -> None:
    verdict = judge(compared(), rules(latency_p99={"may_lose": 5}))
    assert verdict.notes == ("latency_p99, may_lose 5 ms: skipped, version 1 was not measured for it",)


def test_a_gate_on_what_nobody_measured_is_never_passed_over() -> None:
    with pytest.raises(KeyError, match="brier"):
        judge(scored(roc_auc=(0.62, 0.61, 0.63)), rules(brier={"max": 0.25}))


def test_every_failed_limit_is_a_reason() -> None:
    limit = rules(roc_auc={"min": 0.7}, latency_p99={"max": 1})
    verdict = judge(scored(roc_auc=(0.5, 0.4, 0.6), latency_p99=(2, 2, 2)), limit)
    assert len(verdict.reasons) == 2


def test_a_verdict_without_limits_accepts_and_says_that_none_was_set() -> None:
    assert judge(scored(roc_auc=(0.5, 0.4, 0.6)), rules()).reasons == ("no limit was set",)


def test_an_accepting_verdict_says_how_many_limits_held() -> None:
    limit = rules(roc_auc={"min": 0.6, "may_lose": 0.005}, brier={"max": 0.25})
    verdict = judge(scored(roc_auc=(0.62, 0.61, 0.63), brier=(0.17, 0.16, 0.18)), limit)
    assert verdict.reasons == ("no limit is broken: 2 of gates, 0 of slices",)


@given(metrics, intervals, numbers)
def test_an_absolute_limit_fails_if_and_only_if_the_whole_interval_lies_beyond_it(
    name: str, found: tuple[float, float, float], limit: float
) -> None:
    _, low, high = found
    least, most = (judge(scored(**{name: found}), rules(**{name: {rule: limit}})) for rule in ("min", "max"))
    assert (least.decision is Decision.REFUSED) == (high < limit)
    assert (most.decision is Decision.REFUSED) == (low > limit)
    assert (least.gates[0].outcome is Outcome.UNSURE) == (low < limit <= high)
    assert (most.gates[0].outcome is Outcome.UNSURE) == (low <= limit < high)


@given(metrics, intervals, distances)
def test_a_relative_limit_means_worse_or_better_whichever_way_the_metric_points(
    name: str, found: tuple[float, float, float], limit: float
) -> None:
    _, low, high = found
    least_loss, most_gain = (-high, high) if BETTER[name] is Better.HIGHER else (low, -low)
    lose, gain = (
        judge(compared(**{name: found}), rules(**{name: {rule: limit}})) for rule in ("may_lose", "must_gain")
    )
    assert (lose.decision is Decision.REFUSED) == (least_loss > limit)
    assert (gain.decision is Decision.REFUSED) == (most_gain < limit)


@given(metrics, intervals, intervals, numbers)
def test_a_better_candidate_is_never_refused_where_a_worse_one_is_accepted(
    name: str, found: tuple[float, float, float], better: tuple[float, float, float], limit: float
) -> None:
    up = BETTER[name] is Better.HIGHER
    rule = rules(**{name: {"min" if up else "max": limit}})
    ahead = better[1] >= found[1] and better[2] >= found[2] if up else better[1] <= found[1] and better[2] <= found[2]
    if ahead and judge(scored(**{name: found}), rule).decision is Decision.ACCEPTED:
        assert judge(scored(**{name: better}), rule).decision is Decision.ACCEPTED


def test_every_metric_of_every_task_has_a_direction() -> None:
    assert {name for names in METRICS.values() for name in names} <= set(BETTER)
