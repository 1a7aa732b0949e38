"""Predict: rows go in, a prediction a row comes out."""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from treadle import formats, rows
from treadle.errors import Misused, Refused
from treadle.said import Said, Table
from treadle.session import connect
from treadle.switches import Model

if TYPE_CHECKING:
    from treadle.client import Client, Json

Words = Annotated[
    list[str] | None,
    typer.Argument(metavar="column=value …", help="One row; column= is a missing value.", show_default=False),
]
Rows = Annotated[
    Path | None, typer.Option("--rows", metavar="FILE", help="Rows of a .csv or .jsonl file.", show_default=False)
]
Version = Annotated[
    int, typer.Option("--version", metavar="N", min=0, help="Ask this one; else what serves.", show_default=False)
]
A_CALL = 1000
"""Rows that go in one call."""


def predict(context: typer.Context, model: Model, words: Words = None, file: Rows = None, version: Version = 0) -> Said:
    """Predict one row, or every row of a file."""
    if bool(words) == bool(file):
        raise Misused("predict takes one row, or --rows FILE", f"treadle predict {model} column=value …")
    client = connect(context)
    types = _types(client, model, version)
    given = iter([rows.typed(words, types)]) if words else rows.read(file or Path(), types)
    answer: Json = {}
    while call := list(islice(given, A_CALL)):
        part = client.predict(model, call, version)
        answer = part | {"predictions": answer.get("predictions", []) + part["predictions"]}
    if not answer:
        raise Misused(f"{file} has no rows", "name a file with a header and rows")
    return _said(model, answer)


def _types(client: "Client", model: str, version: int) -> rows.Types:
    """Each column that the version takes, with its type; raises Refused where nothing serves."""
    number = version or client.get(f"/models/{model}")["champion"]
    if not number:
        raise Refused(f"{model} has no version that serves yet", f"treadle runs list {model}")
    inputs = client.get(f"/models/{model}/versions/{number}")["signature"]["inputs"]
    return {column["name"]: column["type"] for column in inputs}


def _said(model: str, answer: "Json") -> Said:
    predictions = answer["predictions"]
    ids = tuple(each["id"] for each in predictions)
    following = f"treadle versions show {model} {answer['version']}"
    return Said(answer, (_table(predictions),), ids, following)


def _table(predictions: "Sequence[Json]") -> Table:
    likely = any(each.get("probabilities") for each in predictions)
    header = ("value", *(("probability", "threshold") if likely else ()), "version", "id")
    return Table(header, tuple(_row(each, header) for each in predictions))


def _row(each: "Json", header: Sequence[str]) -> tuple[str, ...]:
    value = each["value"]
    # For a yes or no the threshold is one of the yes, so that is the probability that stands beside it.
    of = "true" if isinstance(value, bool) else str(value)
    cells = {
        "value": formats.word(value),
        "probability": formats.number((each.get("probabilities") or {}).get(of)),
        "threshold": formats.number(each.get("threshold")),
        "version": str(each["version"]),
        "id": each["id"],
    }
    return tuple(cells[name] for name in header)
