"""Versions: what can serve, or one of them with its figures."""

import shlex
from typing import TYPE_CHECKING, Annotated

import typer

from treadle import formats, runs
from treadle.errors import Refused
from treadle.listing import listing, more
from treadle.said import Said, Table, facts
from treadle.session import connect
from treadle.switches import Limit, Model

if TYPE_CHECKING:
    from treadle.client import Client, Json

nouns = typer.Typer(help="Versions: what can serve, with its figures and lineage.")
Version = Annotated[
    int, typer.Argument(metavar="[VERSION]", min=0, help="Which one; else the champion.", show_default=False)
]


@nouns.command("list")
def index(context: typer.Context, model: Model, limit: Limit = 50) -> Said:
    """All versions of a model, newest first."""
    page = listing(connect(context), f"/models/{model}/versions", limit)
    rows = tuple(
        (
            str(each["version"]),
            each["stage"],
            f"{each['metric']} {formats.number(each['score'])}",
            each["dataset"],
            formats.instant(each["registered_at"]),
        )
        for each in page["items"]
    )
    text = (
        Table(("version", "stage", "score", "dataset", "registered"), rows) if rows else f"{model} has no version yet"
    )
    ids = tuple(row[0] for row in rows)
    following = f"treadle versions show {model} {ids[0]}" if ids else f"treadle runs list {model}"
    return Said(page, (text, *more(page, f"versions list {model}")), ids, following)


@nouns.command("show")
def show(context: typer.Context, model: Model, version: Version = 0) -> Said:
    """One version: how it was made, what it takes, how it was judged."""
    client = connect(context)
    one = client.get(f"/models/{model}/versions/{version or _champion(client, model)}")
    takes = Table(("column", "type", "values"), tuple(map(_input, one["signature"]["inputs"])))
    number = one["version"]
    candidate = one["stage"] == "candidate"
    following = f"treadle promote {model} {number}" if candidate else f"treadle predict {model} {_example(one)}"
    return Said(one, (_facts(one), "", takes, *runs.verdict(one["verdict"])), (str(number),), following)


def _champion(client: "Client", model: str) -> int:
    """The version that serves; raises Refused."""
    if champion := client.get(f"/models/{model}")["champion"]:
        return int(champion)
    raise Refused(f"{model} has no version that serves yet", f"treadle versions list {model}")


def _facts(one: "Json") -> Table:
    parameters = ", ".join(
        f"{name} {value:g}" if isinstance(value, float) else f"{name} {value}"
        for name, value in one["parameters"].items()
    )
    return facts(
        version=one["version"],
        stage=one["stage"],
        reason=one["reason"] and (one["reason"]["detail"] or one["reason"]["code"]),
        score=f"{one['metric']} {formats.number(one['score'])}",
        family=one["family"],
        parameters=parameters,
        predicts=f"{one['signature']['target']}, {one['signature']['task']}",
        threshold=formats.number(one["signature"]["threshold"]) if one["signature"]["threshold"] is not None else "",
        dataset=one["dataset"],
        learned_until=formats.instant(one["learned_until_at"]),
        spec=one["spec"],
        run=one["run"],
        by=one["by"],
        registered=formats.instant(one["registered_at"]),
        artifact=f"{one['sha256']}, {formats.size(one['bytes'])}",
    )


def _input(column: "Json") -> tuple[str, ...]:
    ends = (("from", column["min"]), ("to", column["max"]))
    limits = " ".join(f"{word} {end:g}" for word, end in ends if end is not None)
    return column["name"], column["type"], ", ".join(column["values"][:8]) or limits


EXAMPLES = {"integer": "1", "number": "1.5", "category": "A", "timestamp": "2013-04-01T12:00:00Z", "text": "a"}


def _example(one: "Json") -> str:
    """A row to try, with a value that each column may take."""
    cells = (
        shlex.quote(f"{column['name']}={column['values'][0] if column['values'] else EXAMPLES[column['type']]}")
        for column in one["signature"]["inputs"]
    )
    return " ".join(cells)
