"""Init, check, apply: a spec is drafted, held against a file, and becomes the model's next."""

import gzip
from pathlib import Path

import pytest

from tests.unit.api.gateway import ABOUT, SPEC
from tests.unit.treadle.desk import Desk

CSV = "hour,late,id\n1,0,a\n2,1,b\n3,0,c\n"


def test_a_draft_is_a_spec_that_check_takes(desk: Desk) -> None:
    data = desk.file("late flights.csv", CSV)
    seen = desk.type("init", data, "--target", "late", "--json")
    assert (seen.status, seen.json) == (0, {"file": "late-flights.yaml", "model": "late-flights", "target": "late"})
    checked = desk.type("check", "late-flights.yaml", "--data", data)
    assert checked.status == 0, checked.err
    assert "0 of the first 3 rows would be rejected" in checked.out


def test_a_draft_without_a_target_waits_for_the_choice_of_it(desk: Desk) -> None:
    data = desk.file("flights.csv", CSV)
    assert desk.type("init", data).next == f"choose task and target, then treadle check flights.yaml --data {data}"
    assert desk.type("check", "flights.yaml").status == 2


def test_a_spec_that_is_there_is_not_written_over_unasked(desk: Desk) -> None:
    data, spec = desk.file("flights.csv", CSV), desk.file("flights.yaml", "mine")
    assert desk.type("init", data).status == 1
    assert Path(spec).read_text() == "mine"
    assert desk.type("init", data, "--yes").status == 0
    assert Path(spec).read_text() != "mine"


@pytest.mark.parametrize("name", ["data.parquet", "nothing.csv", "binary.csv", "torn.csv.gz"])
def test_a_file_that_cannot_be_looked_into_drafts_nothing(desk: Desk, name: str) -> None:
    Path("binary.csv").write_bytes(b"\xff\xfe\x00")
    Path("torn.csv.gz").write_bytes(gzip.compress(CSV.encode())[:20])
    Path("data.parquet").write_text("PAR1")
    seen = desk.type("init", name)
    assert (seen.status, list(Path().glob("*.yaml"))) == (2, [])


def test_a_packed_file_is_unpacked(desk: Desk) -> None:
    Path("flights.csv.gz").write_bytes(gzip.compress(CSV.encode()))
    assert desk.type("init", "flights.csv.gz", "-q").out == "flights.yaml\n"


def test_check_names_line_field_got_expected_and_fix(desk: Desk) -> None:
    seen = desk.type("check", desk.file("model.yaml", SPEC.replace("binary", "binry")))
    assert seen.status == 2
    said = (
        "line 4  /task: not one of the words; got binry, expected binary, multiclass, regression; did you mean binary?"
    )
    assert said in seen.err


def test_check_names_columns_that_are_said_nowhere(desk: Desk) -> None:
    seen = desk.type("check", desk.file("model.yaml", SPEC), "--data", desk.file("d.csv", "hours,late\n1,0\n"))
    assert seen.status == 1
    assert "hour: is in the spec, not in the file; did you mean hours?" in seen.err
    assert "hours: is in the file, not in the spec; did you mean hour?" in seen.err


def test_check_names_cells_that_their_columns_do_not_take(desk: Desk) -> None:
    seen = desk.type("check", desk.file("model.yaml", SPEC), "--data", desk.file("d.csv", "hour,late\nnoon,0\n5,1\n"))
    assert seen.status == 1
    assert "line 2  hour: not taken; got noon, expected a number" in seen.err.replace("whole number", "number")


def test_apply_says_which_number_the_spec_has(desk: Desk) -> None:
    desk.type("apply", desk.file("one.yaml", SPEC))
    seen = desk.type("apply", desk.file("two.yaml", ABOUT))
    assert seen.out == "flights: the spec is applied now; it is number 2\n"


def test_a_dry_run_changes_nothing(desk: Desk) -> None:
    spec = desk.file("model.yaml", SPEC)
    assert desk.type("apply", spec, "--dry-run").out == "flights: a new model would begin with it\n"
    assert desk.type("models", "list", "-q").out == ""
    desk.type("apply", spec)
    assert "nothing would change" in desk.type("apply", spec, "--dry-run").out
