"""A draft: what is guessed from a file's first rows is a spec as soon as the target is chosen."""

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.documents.spec import read
from shared.domain.draft import draft, model_named
from shared.domain.errors import RequestRefused, SpecRefused
from shared.domain.sample import sample
from shared.domain.spec import Spec, columns_said
from shared.domain.spec.data import TimeColumn
from shared.domain.spec.parts import Value

OWNER = "email:ann@example.com"
ORDERS = """\
order_id,placed_at,country,amount,items,code,day,shop,gift,comment,returned
1,2024-03-01T10:00:00Z,DE,10.5,1,007,2024-03-01,online,,so nice,0
2,2024-03-01T11:30:00+01:00,FR,,2,008,2024-03-02,online,,"well, no",1
3,2024-03-02T09:00:00Z,,7,3,007,2024-03-03,online,,ok,0
"""


def drafted(text: str, target: str, file: str = "orders.csv") -> Spec:
    return read(draft(sample(file, io.StringIO(text, newline="")), "orders", OWNER, target), "draft.yaml")


def test_a_draft_with_a_target_is_a_spec_that_says_every_column() -> None:
    spec = drafted(ORDERS, "returned")
    assert columns_said(spec, ORDERS.splitlines()[0].split(",")) == ()
    assert (spec.model, spec.task, spec.data.target.column) == ("orders", "binary", "returned")


def test_types_gaps_and_keys_are_guessed() -> None:
    data = drafted(ORDERS, "returned").data
    assert {name: column.type.value for name, column in data.columns.items()} == {
        "order_id": "integer",
        "placed_at": "timestamp",
        "country": "category",
        "amount": "number",
        "items": "integer",
        "code": "category",
        "comment": "category",
    }
    assert data.key == ("order_id",)
    assert not data.columns["order_id"].feature
    assert data.time == TimeColumn(column="placed_at")
    assert set(data.derive) == {"placed_at_hour", "placed_at_weekday"}
    assert (data.columns["amount"].missing, data.columns["country"].missing) == ("median", "keep")


def test_what_teaches_nothing_is_ignored_with_its_reason() -> None:
    text = draft(sample("orders.csv", ORDERS.splitlines()), "orders", OWNER, "returned")
    assert "    - day  # a time without its offset; written as 2013-01-01T10:00:00Z it could be used\n" in text
    assert "    - shop  # always online\n" in text
    assert "    - gift  # always empty\n" in text


def test_text_that_hardly_repeats_is_ignored() -> None:
    rows = "".join(f"{number % 2},words and words {number},{number}.5\n" for number in range(50))
    assert drafted(f"y,remark,x\n{rows}", "y").data.ignore == ("remark",)


@pytest.mark.parametrize(
    ("outcomes", "task"),
    [
        ("0101", "binary"),
        (("true", "false"), "binary"),
        (("red", "green", "blue"), "multiclass"),
        ("0123", "multiclass"),
        ([str(number) for number in range(30)], "regression"),
        (("1.5", "2", "3e2"), "regression"),
    ],
)
def test_the_task_follows_from_the_outcomes(outcomes: Sequence[str], task: str) -> None:
    rows = "".join(f"{number},{outcome}\n" for number, outcome in enumerate(outcomes))
    assert drafted("x,y\n" + rows, "y").task == task


def test_rows_without_an_outcome_are_skipped() -> None:
    assert drafted("x,y\n1,0\n2,\n3,1\n", "y").data.target.missing == "skip"


def test_a_draft_without_a_target_waits_for_the_choice_alone() -> None:
    text = draft(sample("orders.csv", ORDERS.splitlines()), "orders", OWNER)
    with pytest.raises(SpecRefused) as refusal:
        read(text, "draft.yaml")
    assert {problem.pointer for problem in refusal.value.problems} == {"/task", "/data/target"}
    chosen = text.replace("task:  #", "task: binary  #").replace("target:  #", "target: returned  #")
    assert read(chosen.replace("    returned: integer\n", ""), "draft.yaml") == drafted(ORDERS, "returned")


def test_json_lines_are_drafted_as_well() -> None:
    lines = '{"x": 1, "kind": "a", "y": true}\n{"x": 2.5, "kind": null, "y": false}\n'
    spec = drafted(lines, "y", "rows.jsonl.gz")
    assert spec.task == "binary"
    assert spec.data.columns["kind"].missing == "keep"
    assert not isinstance(spec.data.columns["x"].missing, Value)


@pytest.mark.parametrize(
    ("file", "text", "detail"),
    [
        ("rows.parquet", "PAR1", "a file that cannot be looked into"),
        ("rows.csv", "", "an empty file"),
        ("rows.csv", "a,b,a\n1,2,3\n", "a column that stands in the file twice"),
        ("rows.jsonl", "", "an empty file"),
        ("rows.jsonl", "{\n", "a line that is no JSON"),
        ("rows.jsonl", "[1]\n", "a line that is no object"),
    ],
)
def test_a_file_that_shows_no_rows_is_refused(file: str, text: str, detail: str) -> None:
    with pytest.raises(RequestRefused) as refusal:
        sample(file, text.splitlines(keepends=True))
    assert refusal.value.problems[0].detail == detail


def test_a_columns_name_that_no_spec_can_say_is_met_with_one_that_it_can() -> None:
    with pytest.raises(RequestRefused) as refusal:
        drafted("Sepal length (cm),y,1st\n1,2,3\n", "y")
    assert [problem.fix for problem in refusal.value.problems] == [
        "rename it in the file: sepal_length_cm",
        "rename it in the file: c_1st",
    ]


def test_a_mistyped_target_is_met_with_the_nearest_column() -> None:
    with pytest.raises(RequestRefused) as refusal:
        drafted(ORDERS, "retruned")
    assert refusal.value.problems[0].fix == "did you mean returned?"


@pytest.mark.parametrize(
    ("file", "model"),
    [("Flights 2013.csv", "flights-2013"), ("2013.csv.gz", "model-2013"), (".csv", "model"), ("x" * 50, "x" * 40)],
)
def test_a_file_names_its_model(file: str, model: str) -> None:
    assert model_named(file) == model


CELLS = st.text(max_size=8) | st.integers(-9, 9).map(str) | st.sampled_from(("", "2024-03-01T10:00:00Z", "1.5", "no"))


@given(st.lists(st.tuples(CELLS, CELLS, st.sampled_from("01")), min_size=1, max_size=9))
def test_any_file_gives_a_draft_that_is_a_spec_or_has_nothing_to_learn_from(rows: list[tuple[str, str, str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([("a", "b_id", "y"), *rows, ("1", "2", "0"), ("2", "3", "1")])
    assert columns_said(drafted(text.getvalue(), "y"), ("a", "b_id", "y")) == ()
