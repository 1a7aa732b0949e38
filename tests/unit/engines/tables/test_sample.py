"""The flights of 2013, as the demo uploads them."""

from pathlib import Path

import pytest

from samples.flights import data
from shared.documents.spec import read
from shared.domain.errors import DataRejected
from shared.domain.spec import Spec
from shared.engines.tables import Source, prepare

MODEL = Path(data.__file__).with_name("model.yaml")


@pytest.fixture(scope="module")
def flights() -> Spec:
    return read(MODEL.read_text("utf-8"), "model.yaml")


def test_january_to_march_becomes_a_data_version(tmp_path: Path, flights: Spec) -> None:
    upload = data.make(tmp_path, ("january_to_march.csv",))["january_to_march.csv"]
    assert ",NA" not in upload.read_text("utf-8")
    made = prepare(Source(upload), flights, tmp_path / "data")
    assert (made.rows, made.skipped, made.rejected_count) == (80_789, 2_878, 0)
    assert (made.train_rows, made.test_rows) == (62_282, 15_629)
    assert made.positives == pytest.approx(0.23, abs=0.001)


def test_every_flight_of_the_year_is_in_one_file_with_a_header(tmp_path: Path) -> None:
    texts = [path.read_text("utf-8") for path in data.make(tmp_path).values()]
    assert {text.partition("\n")[0].split(",")[0] for text in texts} == {"year"}
    assert sum(text.count("\n") - 1 for text in texts) == 336_776


def test_the_broken_file_is_what_the_recipe_makes() -> None:
    assert data.broken() == data.BROKEN.read_text("utf-8")


def test_the_broken_file_is_rejected_with_each_damage_named(tmp_path: Path, flights: Spec) -> None:
    with pytest.raises(DataRejected) as caught:
        prepare(Source(data.BROKEN), flights, tmp_path / "data")
    assert caught.value.code == "too_many_rejected"
    assert caught.value.detail.startswith("24 of 200 rows (12.0%)")
    damages = {(problem.pointer, problem.got) for problem in caught.value.problems}
    assert damages == {
        ("distance", "far away"),
        ("time_hour", "2013-04-09 14:00:00"),
        ("origin", "ERW"),
        ("carrier", ""),
    }
