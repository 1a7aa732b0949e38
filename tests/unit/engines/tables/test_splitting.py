"""Rows are held out by time or by key, and stay there."""

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.domain.errors import DataRejected
from shared.domain.split import Side, side_of
from shared.engines.tables import Prepared, Source, prepare
from tests.unit.engines.tables.flights import FIRST_HOUR, Row, row, rows, spec, write_csv

TABLE = rows(0, 1200)


def prepared(folder: Path, table: list[Row], before: Prepared | None = None, said: object = None) -> Prepared:
    source = Source(write_csv(folder, table), cut=before.cut if before else None)
    return prepare(source, spec(said if isinstance(said, dict) else None), folder / "data")


def epoch_microseconds(stamp: str) -> int:
    return int(datetime.fromisoformat(stamp).timestamp()) * 1_000_000


def sides(folder: Path) -> list[int]:
    return list(np.load(folder / "data" / "split.npy").tolist())


def test_the_newest_share_of_the_rows_is_the_test(tmp_path: Path) -> None:
    made = prepared(tmp_path, TABLE)
    assert (made.train_rows, made.test_rows) == (960, 240)
    assert sides(tmp_path) == [Side.TRAIN] * 960 + [Side.TEST] * 240
    assert made.cut == FIRST_HOUR + timedelta(hours=960)


def test_all_rows_on_the_cut_are_test_rows(tmp_path: Path) -> None:
    table = [row(number, {"time_hour": row(number - number % 50)["time_hour"]}) for number in range(1190)]
    made = prepared(tmp_path, table)
    assert (made.cut, made.test_rows) == (FIRST_HOUR + timedelta(hours=950), 240)
    assert made.learned_until == FIRST_HOUR + timedelta(hours=900)


def test_the_cut_never_moves_back(tmp_path: Path) -> None:
    before = prepared(tmp_path, rows(0, 2000))
    after = prepared(tmp_path, [*rows(0, 2000), *({**line, "flight": "901"} for line in TABLE)], before)
    assert after.cut == before.cut
    assert after.test_rows == before.test_rows


def test_what_the_champion_learned_is_never_a_test_row(tmp_path: Path) -> None:
    learned = FIRST_HOUR + timedelta(hours=970)
    source = Source(write_csv(tmp_path, TABLE), learned_until=learned)
    made = prepare(source, spec(), tmp_path / "data")
    assert made.learned_until == learned
    assert made.test_rows == 229


def test_rows_without_an_outcome_are_kept_and_skipped(tmp_path: Path) -> None:
    table = [row(number, {"arr_delay": "" if number % 10 == 9 else str(number % 40)}) for number in range(1200)]
    made = prepared(tmp_path, table)
    assert (made.rows, made.skipped, made.rejected_count) == (1200, 120, 0)
    assert sides(tmp_path)[9::10] == [Side.SKIPPED] * 120
    assert np.isnan(np.load(tmp_path / "data" / "target.npy")[9::10]).all()


def test_without_a_time_the_key_decides_for_ever(tmp_path: Path) -> None:
    timeless = {"data.time": None}
    made = prepared(tmp_path, TABLE, said=timeless)
    assert (made.cut, made.learned_until, made.first_at, made.last_at) == (None, None, None, None)
    assert made.test_rows == pytest.approx(240, abs=50)
    keys = (f"{line['carrier']}\x1f{line['flight']}\x1f{epoch_microseconds(line['time_hour'])}" for line in TABLE)
    assert made.test_rows == sum(side_of(key, 0.2) is Side.TEST for key in keys)
    more = prepared(tmp_path, [*rows(1200, 2400), *TABLE], said=timeless)
    assert more.test_rows > made.test_rows


def test_without_time_and_key_equal_rows_are_on_one_side(tmp_path: Path) -> None:
    prepared(tmp_path, [line for line in TABLE for _ in range(3)], said={"data.time": None, "data.key": []})
    split = np.array(sides(tmp_path)).reshape(-1, 3)
    assert (split[:, 0] == split[:, 1]).all()
    assert (split[:, 1] == split[:, 2]).all()


def test_the_share_of_positives_is_that_of_the_training_rows(tmp_path: Path) -> None:
    table = [row(number, {"arr_delay": "16" if number % 4 == 0 or number >= 1100 else "15"}) for number in range(1200)]
    assert prepared(tmp_path, table).positives == 0.25


def test_the_span_is_that_of_all_rows(tmp_path: Path) -> None:
    made = prepared(tmp_path, TABLE)
    assert (made.first_at, made.last_at) == (FIRST_HOUR, FIRST_HOUR + timedelta(hours=1199))
    assert made.learned_until == FIRST_HOUR + timedelta(hours=959)


uploads = st.lists(st.tuples(st.integers(0, 1500), st.integers(250, 900)), min_size=2, max_size=3)


@settings(max_examples=6)
@given(uploads)
def test_no_row_that_was_ever_learned_from_becomes_a_test_row(
    tmp_path_factory: pytest.TempPathFactory, spans: list[tuple[int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("airline")
    previous, before, learned, refusals = None, None, set[int](), set[str]()
    for start, count in [(0, 1100), *spans]:
        upload = write_csv(folder, rows(start, start + count))
        source = Source(upload, previous, cut=before.cut if before else None)
        try:
            made = prepare(source, spec(), folder / "next")
        except DataRejected as rejected:
            refusals.add(rejected.code)
            continue
        before = made
        previous = (folder / "next" / "rows.parquet").rename(folder / "previous.parquet")
        split, time = np.load(folder / "next" / "split.npy"), np.load(folder / "next" / "time.npy")
        assert not learned & set(time[split == Side.TEST].tolist())
        learned |= set(time[split == Side.TRAIN].tolist())
    assert learned
    assert refusals <= {"too_few_test_rows"}  # rows older than the cut hold nothing out
