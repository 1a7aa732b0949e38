"""Versions: what can serve, or one of them with its figures."""

import hashlib
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from treadle import formats, runs
from treadle.commands.reproduce import reproduce
from treadle.errors import CannotAsk, Misused, Refused
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
    named = f"{model} {number}"
    following = AFTER.get(one["stage"], "").format(named) or f"treadle predict {model} {_example(one)}"
    gone = _retired(client.get(one["retirement"])) if one["retirement"] else ()
    return Said(one, (_facts(one), *gone, "", takes, *runs.verdict(one["verdict"])), (str(number),), following)


Out = Annotated[
    Path | None, typer.Option("--out", metavar="PATH", help="Where to; else MODEL-VERSION here.", show_default=False)
]


@nouns.command("card")
def card(context: typer.Context, model: Model, version: Version = 0, out: Out = None) -> Said:
    """Keep a version's model card, a page of HTML."""
    client = connect(context)
    number = version or _champion(client, model)
    page = client.read(f"/models/{model}/versions/{number}/card")
    return _kept(page, model, number, out or Path(f"{model}-{number}.html"))


@nouns.command("download")
def download(context: typer.Context, model: Model, version: Version = 0, out: Out = None) -> Said:
    """Keep a version's artifact, an ONNX file, after its bytes were checked."""
    client = connect(context)
    number = version or _champion(client, model)
    link = client.get(f"/models/{model}/versions/{number}/artifact")
    body = client.fetch(link["url"])
    if (got := hashlib.sha256(body).hexdigest()) != link["sha256"]:
        raise CannotAsk(f"the bytes are not version {number}'s: {got[:12]} came", "try again, then tell the owners")
    return _kept(body, model, number, out or Path(f"{model}-{number}.onnx"))


nouns.command("reproduce")(reproduce)


def _kept(body: bytes, model: str, number: int, file: Path) -> Said:
    """Written where nothing is yet."""
    try:
        with file.open("xb") as kept:
            kept.write(body)
    except OSError as error:
        raise Misused(f"{file} cannot be written: {error.strerror}", "name another file with --out") from None
    document = {"model": model, "version": number, "file": str(file), "bytes": len(body)}
    text = f"{model}: version {number} is in {file}, {formats.size(len(body))}"
    return Said(document, (text,), (str(file),), f"treadle versions show {model} {number}")


AFTER = {"candidate": "treadle promote {}", "retired": "treadle restore {}", "rejected": "treadle restore {}"}
"""Stage → the command to try; a version that answers is asked."""


def _retired(account: "Json") -> tuple[str, ...]:
    """Why it left, and what its callers do now."""
    instead = account["replacement"]
    told = f"retired {formats.instant(account['retired_at'])} by {account['by']}: {account['reason']}"
    replaced = f"version {instead['version']} answers instead: {instead['reason']}"
    steps = (f"  {number}. {step}" for number, step in enumerate(account["steps"], 1))
    return "", told, replaced, *account["evidence"], "callers:", *steps


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
        share=f"{one['share']:.0%} of the rows" if one["share"] else "",
        deprecated=formats.instant(one["deprecated_at"]),
        answers_until=formats.instant(one["sunset_at"]),
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
