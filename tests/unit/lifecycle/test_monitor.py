"""Monitor: what is looked at, what is found, and what is left alone."""

from datetime import timedelta
from itertools import pairwise

from shared.domain.finding import Kind
from tests.unit.lifecycle.watched import Watched, airline
from tests.unit.lifecycle.weeks import SPRING, flights

WEEK = timedelta(weeks=1)


def test_quiet_weeks_lead_to_no_finding() -> None:
    watched = Watched()
    result = watched.sees(flights(SPRING, 28, seed=2))
    assert watched.findings() == ()
    assert 0 < result.metrics["Performance"] < 1
    assert 0 < result.metrics["DriftScore"] < 1


def test_every_window_that_became_complete_is_looked_at_once() -> None:
    watched = Watched()
    weeks = flights(SPRING, 28, seed=2)
    first = watched.sees(weeks)
    assert first.windows == (21 * 4) + (20 * 4)  # drift to the last hour; drop until a day of outcomes more has come
    assert watched.looks().windows == 0
    assert len(watched.checks()) == 1


def test_a_version_waits_for_a_whole_window_of_its_own() -> None:
    watched = Watched()
    assert watched.sees(flights(SPRING, 6, seed=2)).windows == 0
    assert watched.checks() == ()


def test_a_model_without_a_champion_or_without_traffic_is_left_alone() -> None:
    watched = Watched()
    assert watched.looks().windows == 0
    assert watched.checks() == ()


def test_more_late_flights_than_foretold_are_a_drop_in_outcomes_and_calibration_first() -> None:
    watched = Watched()
    watched.sees(flights(SPRING, 21, seed=2, later=0.15))
    first = watched.findings()[0]
    assert (first.kind, first.version, first.ends - first.begins) == (Kind.DROP, 1, WEEK)
    assert [figure.statistic for figure in first.figures[:2]] == ["positives", "calibration"]
    assert first.figures[1].low > 0.1
    assert {figure.statistic for figure in first.figures[-3:]} == {"psi"}
    assert max(figure.score for figure in first.figures[-3:]) < 0.5


def test_outcomes_that_change_alone_are_foreseen_by_no_estimate() -> None:
    watched = Watched()
    watched.sees(flights(SPRING, 14, seed=2, later=0.15))
    check = watched.checks()[0]
    foretold = {figure.statistic: figure for figure in check.estimated}
    came = {figure.statistic: figure for figure in check.realised}
    assert came["brier"].score > 1
    assert abs(foretold["brier"].score) < 0.5


def test_rows_that_change_are_a_drift_that_names_the_column() -> None:
    watched = Watched()
    watched.asks(flights(SPRING, 14, seed=2, carriers=(0.1, 0.1, 0.8)))
    result = watched.looks()
    [first, *_] = watched.findings()
    assert (first.kind, first.figures[0].subject) == (Kind.DRIFT, "carrier")
    assert first.figures[0].value > first.figures[0].threshold >= 0.1
    assert result.metrics["DriftScore"] > 1
    assert "Performance" not in result.metrics


def test_before_outcomes_come_no_drop_is_looked_for() -> None:
    watched = Watched()
    weeks = flights(SPRING, 14, seed=2, later=0.15)
    watched.asks(weeks)
    watched.looks()
    assert (watched.findings(), watched.checks()[0].drop) == ((), None)
    watched.hears(weeks)
    watched.looks()
    assert watched.findings()[0].kind is Kind.DROP


def test_one_finding_of_a_kind_is_told_in_a_cool_down_of_event_time() -> None:
    watched = Watched()
    watched.sees(flights(SPRING, 28, seed=2, later=0.2))
    ends = [finding.ends for finding in watched.findings()]
    assert len(ends) == 3
    assert min(after - before for before, after in pairwise(ends)) >= WEEK


def test_one_tick_or_one_a_day_lead_to_equal_findings() -> None:
    weeks = flights(SPRING, 28, seed=2, later=0.2)
    at_once, day_by_day = Watched(), Watched()
    at_once.sees(weeks)
    for day in range(28):
        day_by_day.sees(weeks.within(day, day + 1))
    told = [[(one.id, one.begins, one.ends) for one in each.findings()] for each in (at_once, day_by_day)]
    assert told[0] == told[1]
    assert len(told[0]) == 3


def test_few_rows_show_chance_and_are_not_judged() -> None:
    watched = Watched()
    result = watched.sees(flights(SPRING, 14, seed=2, later=0.5).one_in(hours=1))
    assert result.windows > 0
    assert (watched.findings(), dict(result.metrics)) == ((), {"DriftScore": 0.0, "Performance": 0.0})


def test_late_outcomes_are_waited_for_where_fewer_have_come_than_usual() -> None:
    watched = Watched()
    weeks = flights(SPRING, 14, seed=2)
    watched.asks(weeks)
    watched.hears(weeks.within(0, 10))
    watched.looks()
    assert watched.checks()[0].drop_until == SPRING + timedelta(days=8, hours=18)


def test_a_window_that_alarmed_does_not_alarm_again_for_the_version_that_mended_it() -> None:
    watched = Watched(airline(monitor={"cool_down": "0s"}))
    late = flights(SPRING, 14, seed=2, later=0.2)
    watched.sees(late)
    before = len(watched.findings())
    assert before > 0
    watched.replaced()
    watched.sees(late, number=2)
    assert len(watched.findings()) == before
    watched.sees(flights(SPRING + 2 * WEEK, 14, seed=3), number=2)
    assert len(watched.findings()) == before
