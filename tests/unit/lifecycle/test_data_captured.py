"""Data learns from what was captured: rows that were predicted, and whose outcome came since the last data version."""

from datetime import timedelta
from pathlib import Path

import pytest
from ulid import ULID

from shared.domain.prediction import stem
from shared.domain.serving import Role
from shared.lifecycle import data
from shared.ports.captures import known
from tests.unit.lifecycle.airline import FEBRUARY, Airline, delays, february
from tests.unit.lifecycle.workshop import MODEL, SECTIONS, Workshop, flights, january


@pytest.fixture
def airline(tmp_path: Path) -> Airline:
    """January is uploaded and accepted."""
    made = Airline(Workshop(tmp_path))
    made.workshop.world.applied(SECTIONS)
    assert made.uploads("january.csv", january()).rows == 3000
    made.waits(300)
    return made


def test_rows_with_an_outcome_become_the_next_data_version(airline: Airline) -> None:
    rows = february()
    airline.tells(airline.asks(rows), delays(rows))
    airline.asks(february(50))
    made = airline.dataset(airline.trains())
    assert (made.rows, made.captured, made.rejected, made.uploads) == (3300, 300, 0, ())
    assert made.skipped > delays(rows).count(None)
    assert airline.workshop.changed == []


def test_the_step_says_how_many_came_in(airline: Airline) -> None:
    rows = february()
    airline.tells(airline.asks(rows), delays(rows))
    run = airline.dataset(airline.trains()).run
    assert airline.workshop.steps(run)["data"].outcome.startswith("3,300 rows (300 captured since), 0 rejected")


def test_without_uploads_or_outcomes_the_run_learns_from_what_there_was(airline: Airline) -> None:
    before = airline.workshop.world.model().head.dataset
    airline.asks(february())
    assert airline.trains() == before


def test_a_first_version_is_made_of_uploads_alone(tmp_path: Path) -> None:
    airline = Airline(Workshop(tmp_path))
    airline.workshop.world.applied(SECTIONS)
    rows = february()
    airline.tells(airline.asks(rows), delays(rows))
    assert airline.uploads("january.csv", january()).captured == 0


def test_an_upload_beats_a_captured_row_of_its_key_and_both_come_in(airline: Airline) -> None:
    rows = february()
    airline.tells(airline.asks(rows), [999] * len(rows))
    airline.waits(2)
    airline.ends()
    made = airline.uploads("february.csv", flights(FEBRUARY, 200, seed=3))
    assert (made.rows, made.captured) == (3300, 100)


def test_what_came_in_once_is_not_counted_again(airline: Airline) -> None:
    rows = february()
    airline.tells(airline.asks(rows), delays(rows))
    first = airline.dataset(airline.trains())
    more = february(400)[300:]
    airline.tells(airline.asks(more), delays(more))
    second = airline.dataset(airline.trains())
    assert (first.captured, second.captured, second.rows) == (300, 100, 3400)
    assert second.previous == first.id


def test_an_outcome_that_comes_days_after_its_prediction_brings_the_row_in(airline: Airline) -> None:
    rows = february()
    ids = airline.asks(rows)
    airline.waits(3 * 24 * 60)
    airline.tells(ids, delays(rows))
    assert airline.dataset(airline.trains()).captured == 300


def test_a_later_outcome_beats_an_earlier_one_in_whatever_order_they_are_delivered(airline: Airline) -> None:
    (row,) = february(1)
    ids = airline.asks([row])
    airline.waits(1)
    later = airline.now
    airline.tells(ids, [99])
    airline.waits(-0.5)
    airline.tells(ids, [3])
    (found,) = known(airline.workshop.captures, MODEL, later - timedelta(hours=1), later + timedelta(hours=1))
    assert found.actual == 99


def test_lines_that_are_cut_doubled_or_of_another_model_change_nothing(airline: Airline) -> None:
    rows = february()
    ids = airline.asks(rows)
    airline.tells(ids, delays(rows))
    airline.tells(airline.asks(february(50), model="trains"), [1] * 50, model="trains")
    bucket = airline.workshop.captures
    for key in bucket.keys(""):
        body = bucket.read(key)
        bucket.put(f"{key}-again", body + body[: len(body) // 2] + b"\n\xff\n")
    assert airline.dataset(airline.trains()).captured == 300


def test_an_outcome_without_its_prediction_brings_nothing_in(airline: Airline) -> None:
    before = airline.workshop.world.model().head.dataset
    named = stem(MODEL, 1, Role.CHAMPION, str(ULID.from_datetime(airline.now)))
    airline.tells([f"{named}0"], [33])
    assert airline.trains() == before


def test_what_comes_after_a_run_began_waits_for_the_next(airline: Airline) -> None:
    rows = february()
    ids = airline.asks(rows)
    until = airline.now
    airline.tells(ids, delays(rows))
    assert known(airline.workshop.captures, MODEL, until, until) == ()
    assert len(known(airline.workshop.captures, MODEL, until, until + timedelta(seconds=1))) == 300


def test_a_second_try_reads_what_the_first_one_read(airline: Airline) -> None:
    rows = february()
    airline.tells(airline.asks(rows), delays(rows))
    run = airline.dataset(airline.trains()).run
    airline.tells(airline.asks(february(310)[300:]), [1] * 10)
    again = airline.workshop.call(data.run, data.Request(MODEL, run, 1)).dataset
    assert airline.dataset(again).rows == 3300


def test_where_uploads_replace_only_rows_captured_after_the_upload_are_added(tmp_path: Path) -> None:
    airline = Airline(Workshop(tmp_path))
    airline.workshop.world.applied({**SECTIONS, "data": {**SECTIONS["data"], "uploads": "replace"}})
    airline.uploads("january.csv", january())
    rows = february(400)
    airline.waits(-30)
    airline.tells(airline.asks(rows[:300]), delays(rows[:300]))
    airline.waits(60)
    airline.tells(airline.asks(rows[300:]), delays(rows[300:]))
    airline.waits(2)
    airline.ends()
    made = airline.uploads("again.csv", january())
    assert (made.rows, made.captured) == (3100, 100)


def test_where_uploads_replace_a_run_without_one_keeps_the_rows_so_far(tmp_path: Path) -> None:
    airline = Airline(Workshop(tmp_path))
    airline.workshop.world.applied({**SECTIONS, "data": {**SECTIONS["data"], "uploads": "replace"}})
    airline.uploads("january.csv", january())
    rows = february(100)
    airline.tells(airline.asks(rows), delays(rows))
    assert airline.dataset(airline.trains()).rows == 3100


def test_rows_from_the_cut_on_are_test_rows_and_the_cut_never_goes_back(airline: Airline) -> None:
    cut = airline.workshop.world.model().head.cut
    rows = february(1000)
    airline.tells(airline.asks(rows), delays(rows))
    made = airline.dataset(airline.trains())
    assert cut is not None
    assert made.cut is not None
    assert made.cut > cut
    assert made.train_rows + made.test_rows + made.skipped == 4000
