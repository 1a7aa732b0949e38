"""Rule 5: data's SQL and predict's JSON read the same rows into equal arrays, and refuse the same cells."""

import csv
import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.domain.errors import RowsRefused
from shared.domain.signature import Input, Output, Signature
from shared.domain.spec import Spec, Task
from shared.engines.scoring.rows import encode
from shared.engines.scoring.stored import stored
from shared.engines.tables import Source, prepare

Row = dict[str, object]

COLUMNS: Row = {
    "carrier": {"type": "category", "missing": "keep", "unseen": "keep"},
    "origin": {"type": "category", "values": ["EWR", "JFK"]},
    "seats": {"type": "integer", "min": -5, "missing": "median"},
    "distance": {"type": "number", "max": 1e9, "missing": "median"},
    "leaves": {"type": "timestamp", "missing": "keep"},
}
SPEC = Spec.model_validate(
    {
        "spec": 1,
        "model": "twins",
        "task": "regression",
        "data": {
            "target": "number",
            "columns": COLUMNS,
            "derive": {"hour": {"hour": "leaves"}},
            "checks": {"rows": 1, "rejected": "99%"},
        },
        "notify": {"owners": ["email:flights@example.com"]},
    }
)
SIGNATURE = Signature(
    tuple(
        Input(
            name,
            column.type,
            feature=True,
            refuses=frozenset(
                policy for policy in ("missing", "unseen", "outside") if getattr(column, policy) == "reject"
            ),
            values=column.values,
            min=column.min,
            max=column.max,
        )
        for name, column in SPEC.data.columns.items()
    ),
    Output(Task.REGRESSION, "number"),
)
FILLERS = 1_300  # enough test rows, whatever is drawn

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)
offsets = st.sampled_from(["Z", "+00:00", "-05:00", "+05:30", "+14:00", "-23:59", "+24:00", "", "z", "+0500"])
clocks = st.sampled_from(["T", " ", "t"]).flatmap(
    lambda between: st.tuples(
        st.dates(date(1900, 1, 1), date(2100, 12, 31)),
        st.times(),
        st.sampled_from(["", ".5", ".999999", ".1234567891"]),
    ).map(lambda drawn: f"{drawn[0]}{between}{drawn[1].replace(microsecond=0)}{drawn[2]}")
)
stamps = st.builds(str.__add__, clocks, offsets) | st.sampled_from(
    ["2013-02-29T00:00:00Z", "2013-01-01T24:00:00Z", "2013-01-01T00:00:60Z", "0000-01-01T00:00:00Z", "1357034400"]
)
numbers = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**18), 10**18) | st.integers(-6, 6)
rows = st.fixed_dictionaries(
    {
        "carrier": st.none() | words,
        "origin": st.sampled_from(["EWR", "JFK", "ERW", "ewr", "EWR ", ""]),
        "seats": st.none() | numbers,
        "distance": st.none() | numbers,
        "leaves": st.none() | stamps,
    }
)
FILLER = {"carrier": "AA", "origin": "EWR", "distance": 1.0, "leaves": None}


def in_a_file(folder: Path, drawn: list[Row]) -> dict[int, int]:
    """The rows through a CSV file: where in the dataset each one is that was not refused."""
    with (folder / "rows.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([*COLUMNS, "number"])
        for number, row in enumerate([*drawn, *({**FILLER, "seats": seats} for seats in range(FILLERS))]):
            writer.writerow([*(_cell(row[name]) for name in COLUMNS), number])
    prepare(Source(folder / "rows.csv"), SPEC, folder / "data")
    numbers = np.load(folder / "data" / "target.npy").astype(int).tolist()
    return {number: place for place, number in enumerate(numbers) if number < len(drawn)}


def _cell(value: object) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value)


def in_json(drawn: list[Row]) -> set[int]:
    """Which of the rows predict takes."""
    taken = set()
    for number, row in enumerate(drawn):
        try:
            encode([json.loads(json.dumps(row))], SIGNATURE)
            taken.add(number)
        except RowsRefused:
            continue
    return taken


@settings(max_examples=15)
@given(st.lists(rows, min_size=1, max_size=40))
def test_rows_read_from_a_file_equal_the_same_rows_sent_as_json(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[Row]
) -> None:
    folder = tmp_path_factory.mktemp("twins")
    places = in_a_file(folder, drawn)
    assert places.keys() == in_json(drawn)
    sent = encode([row for number, row in enumerate(drawn) if number in places], SIGNATURE)
    read = stored(folder / "data", SIGNATURE, np.array([places[number] for number in sorted(places)], dtype=np.int64))
    for column in SIGNATURE.inputs:
        assert read[column.name].dtype == sent[column.name].dtype
        np.testing.assert_array_equal(read[column.name], sent[column.name])
