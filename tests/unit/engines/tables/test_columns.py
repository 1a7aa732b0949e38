"""One array a column, a code for each word, for ever."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from shared.domain.signature import NO_TIME
from shared.engines.tables import Source, prepare
from tests.unit.engines.tables.flights import Row, row, rows, spec, write_csv

TABLE = rows(0, 1200)


def column(folder: Path, name: str) -> NDArray[Any]:
    loaded: NDArray[Any] = np.load(folder / "columns" / f"{name}.npy", allow_pickle=False)
    return loaded


def made(
    folder: Path, table: list[Row], said: Mapping[str, object] | None = None, source: Source | None = None
) -> Path:
    upload = write_csv(folder, table)
    known = source.vocabulary if source else {}
    prepare(Source(upload, vocabulary=known), spec(said), folder / "data")
    return folder / "data"


def vocabulary(folder: Path) -> dict[str, list[str]]:
    words: dict[str, list[str]] = json.loads((folder / "vocabulary.json").read_text("utf-8"))
    return words


def test_categories_are_codes_numbers_are_floats_and_timestamps_are_seconds(tmp_path: Path) -> None:
    data = made(tmp_path, TABLE)
    assert column(data, "carrier").dtype == np.int32
    assert column(data, "carrier")[:4].tolist() == [0, 1, 2, 0]
    assert column(data, "flight").dtype == column(data, "distance").dtype == np.float64
    assert column(data, "distance")[:2].tolist() == [100.5, 101.5]
    assert column(data, "time_hour").dtype == np.int64
    assert column(data, "time_hour")[:2].tolist() == [1356998400, 1357002000]
    assert (np.load(data / "time.npy") == column(data, "time_hour")).all()


def test_what_is_missing_is_minus_one_not_a_number_or_the_smallest_integer(tmp_path: Path) -> None:
    lenient = {
        "data.key": ["flight"],
        "data.time": None,
        "data.columns": {
            "time_hour": {"type": "timestamp", "missing": "keep"},
            "flight": "integer",
            "carrier": {"type": "category", "missing": "keep", "unseen": "keep"},
            "origin": {"type": "category", "unseen": "keep"},
            "distance": {"type": "number", "missing": "median"},
        },
    }
    table = [row(number, {"flight": str(number)}) for number in range(1200)]
    data = made(tmp_path, [table[0] | {"time_hour": "", "carrier": "", "distance": ""}, *table[1:]], lenient)
    assert column(data, "carrier")[0] == -1
    assert np.isnan(column(data, "distance")[0])
    assert column(data, "time_hour")[0] == NO_TIME
    assert not (data / "time.npy").exists()


def test_seconds_are_rounded_down_before_and_after_the_epoch(tmp_path: Path) -> None:
    stamps = {"0": "1969-12-31T23:59:58.999Z", "1": "1970-01-01T00:00:00.999+00:00"}
    table = [row(number, {"time_hour": stamps[str(number)]}) for number in range(2)]
    assert column(made(tmp_path, table + TABLE[2:]), "time_hour")[:2].tolist() == [-2, 0]


def test_text_has_no_array(tmp_path: Path) -> None:
    retyped = {"data.columns.carrier": "text", "data.key": ["flight", "time_hour"]}
    assert not (made(tmp_path, TABLE, retyped) / "columns" / "carrier.npy").exists()


def test_columns_that_are_no_features_have_an_array_too(tmp_path: Path) -> None:
    assert column(made(tmp_path, TABLE), "flight")[:3].tolist() == [1.0, 2.0, 3.0]


def test_a_binary_target_is_strictly_above(tmp_path: Path) -> None:
    delays = [row(number, {"arr_delay": ("15", "15.0001", "16")[number % 3]}) for number in range(1200)]
    assert np.load(made(tmp_path, delays) / "target.npy")[:3].tolist() == [0.0, 1.0, 1.0]


def test_a_regression_target_is_the_value(tmp_path: Path) -> None:
    regression = {"task": "regression", "data.target": "arr_delay"}
    assert np.load(made(tmp_path, TABLE, regression) / "target.npy")[:2].tolist() == [30.0, -4.0]


def test_a_multiclass_target_is_the_code_of_its_class(tmp_path: Path) -> None:
    table = [row(number, {"arr_delay": ("late", "early", "on time")[number % 3]}) for number in range(1200)]
    data = made(tmp_path, table, {"task": "multiclass", "data.target": "arr_delay"})
    assert vocabulary(data)["arr_delay"] == ["early", "late", "on time"]
    assert np.load(data / "target.npy")[:3].tolist() == [1.0, 0.0, 2.0]


def test_known_words_keep_their_codes_and_new_ones_follow_in_order(tmp_path: Path) -> None:
    known = Source(tmp_path, vocabulary={"carrier": ("ZZ", "UA")})
    data = made(tmp_path, TABLE, source=known)
    assert vocabulary(data)["carrier"] == ["ZZ", "UA", "AA", "DL"]
    assert column(data, "carrier")[:3].tolist() == [2, 3, 1]


@pytest.mark.parametrize("word", ["O'Hare", 'say ""hi""', "ÆØÅ ✈", " padded ", "NA", "None", "1"])
def test_a_word_is_kept_exactly_as_it_stands(tmp_path: Path, word: str) -> None:
    data = made(tmp_path, [row(0, {"carrier": f'"{word}"'}), *TABLE[1:]])
    assert word.replace('""', '"') in vocabulary(data)["carrier"]


def test_a_category_without_any_word_has_an_empty_vocabulary(tmp_path: Path) -> None:
    table = [line | {"carrier": ""} for line in TABLE]
    lenient = {"data.key": ["flight", "time_hour"], "data.columns.carrier": {"type": "category", "missing": "keep"}}
    data = made(tmp_path, table, lenient)
    assert vocabulary(data)["carrier"] == []
    assert set(column(data, "carrier").tolist()) == {-1}


def test_a_column_may_have_any_name_that_the_spec_allows(tmp_path: Path) -> None:
    upload = write_csv(tmp_path, TABLE)
    upload.write_text(upload.read_text().replace("carrier", "select").replace("origin", "line"))
    named = {
        "data.key": ["select", "flight", "time_hour"],
        "data.columns.carrier": None,
        "data.columns.origin": None,
        "data.columns.select": "category",
        "data.columns.line": "category",
    }
    prepare(Source(upload), spec(named), tmp_path / "data")
    assert vocabulary(tmp_path / "data") == {"line": ["EWR", "JFK", "LGA"], "select": ["AA", "DL", "UA"]}
