"""Predict: one row of words, or the rows of a file."""

import pytest

from shared.domain.serving import Role
from tests.unit.api.gateway import Gateway
from tests.unit.api.models import registered
from tests.unit.lifecycle.artifacts import Store
from tests.unit.treadle.desk import Desk


def serving(desk: Desk) -> None:
    """Version 1 of flights answers: the probability of late is 0.04 × hour."""
    store = Store()
    sha256 = store.binary(0.04, 0.5)
    gateway = Gateway(artifacts=store.objects, ports={"servings": store})
    desk.wire.gateway = desk.gateway = gateway
    registered(gateway)
    store.serve((sha256, Role.CHAMPION, 1.0))
    desk.type("promote", "flights", "1", "-m", "go")


def test_one_row_is_predicted_in_the_types_of_its_columns(desk: Desk) -> None:
    serving(desk)
    seen = desk.type("predict", "flights", "hour=20", "--json")
    assert seen.status == 0, seen
    (said,) = seen.json["predictions"]
    assert (said["value"], said["probabilities"]["true"]) == (True, 0.8)


def test_every_row_of_a_file_is_predicted_in_its_order(desk: Desk) -> None:
    serving(desk)
    rows = "".join(f"{hour % 24},x\n" for hour in range(2500))
    seen = desk.type("predict", "flights", "--rows", desk.file("rows.csv", f"hour,other\n{rows}"), "--json")
    assert [said["value"] for said in seen.json["predictions"]] == [hour % 24 > 12 for hour in range(2500)]
    lines = desk.file("rows.jsonl", '{"hour": 20}\n{"hour": 1}\n')
    assert [line.split()[0] for line in desk.type("predict", "flights", "--rows", lines).out.splitlines()[1:]] == [
        "yes",
        "no",
    ]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ("hour", 2, "not column=value"),
        ("ho=1", 2, "ho: is no column of this model; did you mean hour?"),
        ("hour=noon", 2, "hour: is not a number; got noon"),
        ("hour=99", 1, "/instances/0/hour"),
        ("", 2, "one row, or --rows FILE"),
    ],
)
def test_a_row_that_the_model_cannot_take_is_told_cell_by_cell(desk: Desk, words: str, status: int, said: str) -> None:
    serving(desk)
    seen = desk.type("predict", "flights", *words.split())
    assert seen.status == status, seen
    assert said in seen.err


def test_a_model_without_a_champion_predicts_nothing(desk: Desk) -> None:
    registered(desk.gateway)
    assert desk.type("predict", "flights", "hour=1").status == 1


def test_lines_of_a_file_that_are_no_rows_are_named(desk: Desk) -> None:
    serving(desk)
    assert (
        "line 2 is no JSON object"
        in desk.type("predict", "flights", "--rows", desk.file("r.jsonl", '{"hour": 1}\n[\n')).err
    )
    assert (
        "line 3  hour: is not a number"
        in desk.type("predict", "flights", "--rows", desk.file("r.csv", "hour\n1\nx\n")).err
    )
    assert desk.type("predict", "flights", "--rows", desk.file("empty.csv", "hour\n")).status == 2
