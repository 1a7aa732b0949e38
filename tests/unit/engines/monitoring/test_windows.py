"""Windows of hours: what they show, and what is usual for their size and season."""

from datetime import UTC, datetime

import numpy as np
import pytest

from shared.domain.hour import Hour
from shared.engines.monitoring import Budget, captured, drift, estimated, realised, replayed
from shared.engines.monitoring.drop import Side, side
from tests.unit.engines.monitoring.made import hours, reference

MONTHLY = Budget(alarms=0.5, period=720, length=168, every=1)
DAILY = Budget(alarms=0.5, period=720, length=24, every=24)
ENDS = np.arange(168, 4 * 168 + 1)


def test_a_window_is_the_sum_of_its_hours() -> None:
    some = hours(2, seed=3)
    window = some.windows(np.array([200]), 24)
    np.testing.assert_allclose(window.counts[0], some.sums.counts[176:200].sum(axis=0))
    np.testing.assert_allclose(window.answers[0], some.sums.answers[176:200].sum(axis=0))


def test_outside_of_the_hours_there_is_nothing() -> None:
    some = hours(1, seed=3, an_hour=5)
    assert some.windows(np.array([0, 12, 168, 180, 900]), 24).rows.tolist() == [0, 60, 120, 60, 0]


def test_the_slots_of_an_hour_add_up() -> None:
    at = datetime(1970, 1, 1, 5, tzinfo=UTC)
    parts = [
        Hour(1, at, slot, 3, 2, np.full(4, 7, "<u4").tobytes(), np.full(2, 0.5, "<f8").tobytes())
        for slot in ("1970-01-01T06", "1970-01-01T07")
    ]
    some = captured(parts, 0, 24, 4, 2)
    assert (some.sums.rows[5], some.sums.outcomes[5]) == (6, 4)
    assert (some.sums.counts[5].tolist(), some.sums.answers[5].tolist()) == ([14] * 4, [1.0, 1.0])


def test_quiet_weeks_are_within_every_threshold() -> None:
    quiet, before = hours(4, seed=2), reference()
    assert drift(before, quiet, ENDS, MONTHLY).score.max() < 1
    assert realised("binary", before, quiet, ENDS, MONTHLY).score.max() < 1


def test_a_column_that_moved_is_beyond_by_whatever_statistic() -> None:
    moved = drift(reference(), hours(4, seed=2, colours=np.array([0.2, 0.3, 0.5])), ENDS[-1:], MONTHLY)
    beyond = {(figure.subject, figure.statistic) for figure in moved.figures(0) if figure.score >= 1}
    assert {("colour", "psi"), ("colour", "jensen_shannon"), ("colour", "cramers_v"), ("prediction", "ks")} <= beyond


def test_a_shift_that_matters_to_nobody_is_no_drift_however_many_rows_show_it() -> None:
    slight = drift(
        reference(an_hour=4000), hours(4, seed=2, an_hour=4000, colours=np.array([0.46, 0.32, 0.22])), ENDS, MONTHLY
    )
    assert slight.score.max() < 0.5


def test_small_windows_are_held_against_small_windows() -> None:
    before = reference()
    thin = hours(4, seed=2, an_hour=2)
    small, large = (drift(before, some, ENDS[-1:], MONTHLY) for some in (thin, hours(4, seed=2)))
    usual = [panel.bands[0].usual[0] for panel in (small, large)]
    assert usual[0] > 4 * usual[1]
    assert small.score.max() < 1


def test_a_day_is_compared_with_the_same_days_of_other_weeks() -> None:
    """A column that moves with the weekday is usual on its day."""
    before = reference()
    weekend = np.arange(len(before.hours.sums.rows)) // 24 % 7 >= 5
    swapped = before.hours.sums.counts[weekend]
    before.hours.sums.counts[weekend] = swapped[:, ::-1]
    again = hours(4, seed=2)
    again.sums.counts[np.arange(672) // 24 % 7 >= 5] = again.sums.counts[np.arange(672) // 24 % 7 >= 5][:, ::-1]
    ends = np.arange(24, 673, 24)
    assert drift(before, again, ends, DAILY).score.max() < 1
    assert drift(before, hours(4, seed=2), ends, DAILY).score.max() > 1


def test_answers_that_became_worse_are_beyond_and_better_ones_are_not() -> None:
    worse = realised("binary", reference(), hours(4, seed=2, worse=0.12), ENDS[-1:], MONTHLY)
    by_name = {figure.statistic: figure for figure in worse.figures(0)}
    assert by_name["calibration"].score > 1
    better = realised("binary", reference(), hours(4, seed=2, worse=-0.05), ENDS[-1:], MONTHLY)
    assert {figure.statistic: figure.score for figure in better.figures(0)}["brier"] < 0


def test_an_estimate_is_held_against_the_thresholds_of_what_comes_true() -> None:
    before, worse = reference(), hours(4, seed=2, worse=0.12)
    foretold = {one.statistic: one for one in estimated("binary", before, worse, ENDS[-1:], MONTHLY).figures(0)}
    came = {one.statistic: one for one in realised("binary", before, worse, ENDS[-1:], MONTHLY).figures(0)}
    assert foretold["brier"].usual == came["brier"].usual
    assert abs(foretold["brier"].score) < 0.5 < came["brier"].score


def test_a_window_with_hardly_a_row_has_no_figures() -> None:
    few = hours(4, seed=2, an_hour=1).windows(ENDS[-1:], 168)
    assert few.rows[0] < 200
    assert drift(reference(), hours(4, seed=2, an_hour=1), ENDS[-1:], MONTHLY).figures(0) == ()


def test_thresholds_of_a_short_reference_are_further_away() -> None:
    long, short = (
        realised("binary", reference(weeks), hours(4, seed=2), ENDS[-1:], MONTHLY).bands[0] for weeks in (26, 4)
    )
    assert abs(short.threshold[0] - short.usual[0]) > abs(long.threshold[0] - long.usual[0])


def test_a_reference_of_a_few_days_is_cut_into_shorter_windows() -> None:
    assert replayed(hours(1, seed=1), 168).pieces == 8


@pytest.mark.parametrize(
    ("metric", "way"),
    [("brier", Side.ABOVE), ("roc_auc", Side.BELOW), ("rmse", Side.ABOVE), ("calibration", Side.BOTH)],
)
def test_a_metric_is_worse_where_it_says_so(metric: str, way: Side) -> None:
    assert side(metric) is way
