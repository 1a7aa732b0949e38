"""Fold: what was captured is counted once, in its own hour, whichever way it comes."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from shared.domain.hour import Caller, Counted, Hour
from shared.statistics import performance
from tests.examples import MODEL
from tests.unit.lifecycle.captured import ARRIVED, EVER, Airline, asked, prediction, row, told

FLIGHT = datetime(2026, 11, 20, 13, tzinfo=UTC)
"""The hour in which every row's flight leaves."""


def brier(hour: Hour) -> float:
    return performance.realised("binary", np.frombuffer(hour.answers))["brier"].value


def test_rows_are_counted_in_the_hour_of_their_event() -> None:
    airline = Airline()
    airline.folded(asked(row(1), row(2), row(3, leaves="2026-11-20T09:00:00-05:00")))
    assert [(hour.at, hour.rows, hour.slot) for hour in airline.hours()] == [
        (FLIGHT, 2, "2026-11-24T13"),
        (FLIGHT + timedelta(hours=1), 1, "2026-11-24T13"),
    ]


def test_every_column_is_counted_over_the_bins_of_the_reference() -> None:
    airline = Airline()
    airline.folded(asked(row(1), row(2, carrier="ZZ"), row(3, carrier="UA", miles=None), row(4, miles=2000)))
    assert airline.counted("carrier")[:2] == [2, 1]
    assert sum(airline.counted("carrier")) == 4
    assert airline.counted("miles") == [0, 2, 1, 1]
    assert sum(airline.counted("dep_hour")) == 4
    assert airline.counted("prediction")[4] == 2
    assert airline.counted("prediction")[16] == 2


def test_a_derived_hour_is_the_local_one() -> None:
    airline = Airline()
    airline.folded(asked(row(1)))
    top = sorted(map(str, range(24)))
    assert airline.counted("dep_hour")[top.index("8")] == 1


def test_an_outcome_joins_its_prediction() -> None:
    airline = Airline()
    airline.folded(asked(row(1), row(2), row(3)))
    airline.folded(told((prediction(1), 40), (prediction(2), -5)))
    [hour] = airline.hours()
    assert (hour.rows, hour.outcomes) == (3, 2)
    assert brier(hour) == pytest.approx(0.04)


def test_an_outcome_may_come_before_its_prediction() -> None:
    late, early = Airline(), Airline()
    late.folded(asked(row(1), row(2)))
    late.folded(told((prediction(1), 40)))
    assert early.folded(told((prediction(1), 40))).unmatched == 1
    assert early.hours() == ()
    assert early.folded(asked(row(1), row(2))).outcomes == {MODEL: FLIGHT + timedelta(minutes=30)}
    assert early.hours() == late.hours()


def test_a_later_outcome_replaces_the_earlier_whichever_comes_first() -> None:
    for days in ((2, 3), (3, 1)):
        airline = Airline()
        airline.folded(asked(row(1), row(3)))
        for day in days:
            airline.folded(told(*((prediction(each), 40 if day == 2 else 0) for each in (1, 3)), days=day))
        [hour] = airline.hours()
        assert brier(hour) == pytest.approx(0.64), days


def test_an_outcome_that_never_came_to_be_is_none() -> None:
    airline = Airline()
    airline.folded(asked(row(1)), told((prediction(1), 40)))
    airline.folded(told((prediction(1), None), days=4))
    [hour] = airline.hours()
    assert (hour.rows, hour.outcomes) == (1, 0)


def test_a_row_without_a_time_is_counted_in_the_hour_of_its_arrival() -> None:
    airline = Airline()
    for leaves in ("", "yesterday", "2026-11-20T08:30:00"):
        airline.folded(asked(row(1, leaves=leaves)))
    [hour] = airline.hours()
    assert (hour.at, hour.rows) == (ARRIVED.replace(minute=0), 1)


def test_a_row_an_hour_off_is_counted_in_that_hour() -> None:
    airline = Airline()
    airline.folded(asked(row(1), row(2, leaves="2026-11-20T08:30:00-06:00")))
    assert [(hour.at - FLIGHT, hour.rows) for hour in airline.hours()] == [(timedelta(), 1), (timedelta(hours=1), 1)]


def test_late_rows_change_their_own_hour_from_the_slot_in_which_they_arrived() -> None:
    airline = Airline()
    airline.folded(asked(row(1)))
    late = prediction(2, at=ARRIVED + timedelta(days=3))
    airline.folded(asked({**row(2), "id": late}), told((late, 40)))
    assert [(hour.at, hour.slot, hour.rows, hour.outcomes) for hour in airline.hours()] == [
        (FLIGHT, "2026-11-24T13", 1, 0),
        (FLIGHT, "2026-11-27T13", 1, 1),
    ]


def test_a_row_of_the_far_future_moves_no_watermark() -> None:
    airline = Airline()
    seen = airline.folded(asked(row(1), row(2, leaves="2026-11-26T08:30:00-05:00")))
    assert seen.events == {MODEL: FLIGHT + timedelta(minutes=30)}
    assert seen.arrived == {MODEL: ARRIVED}
    assert [hour.rows for hour in airline.hours()] == [1, 1]


def test_a_cut_line_costs_only_its_own_rows() -> None:
    airline = Airline()
    seen = airline.folded(
        asked(row(1)), asked(row(2))[:-30], "START RequestId", asked({**row(5), "score": "high"}), asked(row(3))
    )
    assert seen.unread == 3
    assert [hour.rows for hour in airline.hours()] == [2]


def test_rows_that_make_no_sense_are_passed_over() -> None:
    airline = Airline()
    damaged = [
        {**row(1), "id": "prd_1"},
        {**row(2), "arm": "x"},
        {**row(3), "id": prediction(3).replace(MODEL, "taxis")},
    ]
    seen = airline.folded(asked(*damaged, {**row(4), "score": [0.1, 0.9]}, row(6)))
    assert (seen.unread, seen.unmatched) == (3, 1)
    assert [hour.rows for hour in airline.hours()] == [1]


def test_rows_of_an_unknown_version_or_model_are_unmatched() -> None:
    airline = Airline()
    taxis = {**row(2), "id": prediction(2).replace(MODEL, "taxis")}
    assert airline.folded(asked(row(1, "9c"), row(3))).unmatched == 1
    assert airline.folded(asked(taxis, model="taxis")).unmatched == 1
    assert [hour.rows for hour in airline.hours()] == [1]


def test_an_outcome_of_an_id_that_was_never_issued_joins_nothing() -> None:
    airline = Airline()
    airline.folded(asked(row(1)))
    assert airline.folded(told((prediction(1, "2c"), 40), (prediction(8), 40))).unmatched == 2
    [hour] = airline.hours()
    assert hour.outcomes == 0


def test_a_row_longer_than_a_line_counts_in_no_column() -> None:
    airline = Airline()
    airline.folded(asked({**row(1), "cells": {}}))
    [hour] = airline.hours()
    assert (hour.at, hour.rows) == (ARRIVED.replace(minute=0), 1)
    assert (sum(airline.counted("carrier")), sum(airline.counted("miles")), sum(airline.counted("prediction"))) == (
        0,
        0,
        1,
    )


def test_arms_are_tallied_by_the_serving_record_that_dealt_the_rows() -> None:
    airline = Airline()
    failed = {**row(5, "1c"), "arm": "2h", "failed": True}
    airline.folded(asked(row(1), row(2), row(3, "2h"), row(4, "2h"), failed), asked(row(7), revision=8))
    [tally] = airline.profiles.tallies(MODEL, 7)
    assert tally.arms == {"1c": Counted(2, 0, 1), "2h": Counted(3, 1, 1)}
    [other] = airline.profiles.tallies(MODEL, 8)
    assert other.arms == {"1c": Counted(1, 0, 1)}
    assert [hour.rows for hour in (*airline.hours(1), *airline.hours(2))] == [4, 2]


def test_callers_are_counted_by_the_version_that_answered_them() -> None:
    airline = Airline()
    airline.folded(asked(row(1), row(2)), asked(row(3), caller="phone"), asked(row(4, "2p"), caller="phone"))
    assert set(airline.profiles.callers(MODEL, EVER[0])) == {
        Caller("app", 1, "2026-11-24T13", 2, ARRIVED),
        Caller("phone", 1, "2026-11-24T13", 1, ARRIVED),
        Caller("phone", 2, "2026-11-24T13", 1, ARRIVED),
    }


@pytest.mark.parametrize("leaves", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_time_at_an_end_of_the_calendar_stops_nothing(leaves: str) -> None:
    airline = Airline()
    airline.folded(asked(row(1, leaves=leaves), row(2)))
    assert sum(hour.rows for hour in airline.hours()) == 2
