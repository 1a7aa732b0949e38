"""A group refuses a candidate when it surely lags too far behind all rows, and for nothing else."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.limit import Outcome
from shared.domain.scores import BETTER, Better, Scores, SliceLeftOut, SliceScore
from shared.domain.spec.evaluate import Evaluate
from shared.domain.verdict import Decision, judge

numbers = st.floats(-100, 100)
gaps = st.tuples(numbers, numbers, numbers).map(lambda three: (sorted(three)[1], min(three), max(three)))


def grouped(gap: tuple[float, float, float], metric: str = "roc_auc") -> Scores:
    """Scores with one group; the gap is group minus all rows."""
    return Scores(metric, 5000, (), slices=(SliceScore("origin", "LGA", 900, 0.6, *gap),))


def sliced(may_lag: float) -> Evaluate:
    return Evaluate.model_validate({"slices": {"by": ["origin"], "may_lag": may_lag}})


def test_a_group_that_surely_lags_too_far_refuses_the_candidate() -> None:
    verdict = judge(grouped((-0.12, -0.15, -0.09)), sliced(0.08))
    assert verdict.decision is Decision.REFUSED
    assert verdict.slices[0].lag == 0.12
    assert verdict.reasons == ("origin LGA lags more than 0.08 behind all rows: roc_auc -0.1200 (-0.1500 to -0.0900)",)


def test_a_group_ahead_of_all_rows_does_not_lag() -> None:
    assert judge(grouped((0.3, 0.2, 0.4)), sliced(0.08)).slices[0].outcome is Outcome.PASSED
    assert judge(grouped((-0.3, -0.4, -0.2), "brier"), sliced(0.08)).slices[0].outcome is Outcome.PASSED


def test_groups_left_out_are_named_one_by_one_and_summed_up_in_the_notes() -> None:
    small = tuple(SliceLeftOut("carrier", code, 40, "fewer than 500 rows") for code in ("HA", "OO"))
    verdict = judge(replace(grouped((0.0, -0.1, 0.1)), left_out=small), sliced(0.2))
    assert [group.sentence for group in verdict.slices[1:]] == [
        "carrier HA: skipped, fewer than 500 rows",
        "carrier OO: skipped, fewer than 500 rows",
    ]
    assert verdict.notes == ("carrier: 2 not judged, fewer than 500 rows",)


def test_unsure_groups_pass_and_are_named_in_a_note() -> None:
    groups = tuple(SliceScore("carrier", code, 900, 0.6, -0.05, -0.1, 0.0) for code in ("US", "DL"))
    verdict = judge(Scores("roc_auc", 5000, (), slices=groups), sliced(0.08))
    assert verdict.decision is Decision.ACCEPTED
    assert verdict.notes == ("carrier: may lag too far behind all rows (unsure): US, DL",)


@given(st.sampled_from(sorted(BETTER)), gaps, st.floats(0, 100))
def test_a_slice_fails_if_and_only_if_its_whole_interval_lags_beyond_the_limit(
    name: str, gap: tuple[float, float, float], limit: float
) -> None:
    _, low, high = gap
    least_lag = -high if BETTER[name] is Better.HIGHER else low
    verdict = judge(grouped(gap, name), sliced(limit))
    assert (verdict.decision is Decision.REFUSED) == (least_lag > limit)
    assert verdict.slices[0].interval is not None
    assert verdict.slices[0].interval[0] == least_lag
