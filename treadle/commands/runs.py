"""Runs: all turns of a model's wheel, one of them, one as it turns, or two side by side."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from treadle import comparison, formats, runs
from treadle.durations import seconds
from treadle.errors import Refused
from treadle.following import follow
from treadle.listing import listing, more
from treadle.said import Change, Said, Table
from treadle.session import connect, session
from treadle.switches import LONG, Limit, Model, Timeout

if TYPE_CHECKING:
    from treadle.client import Client, Json

nouns = typer.Typer(help="Runs: one turn of the wheel each.")
Run = Annotated[str, typer.Argument(metavar="[RUN]", help="Which one; else the newest.", show_default=False)]
Status = Annotated[str, typer.Option("--status", metavar="STATUS", help="Only runs that stand so.", show_default=False)]


@nouns.command("list")
def index(context: typer.Context, model: Model, status: Status = "", limit: Limit = 50) -> Said:
    """All runs of a model, newest first."""
    page = listing(connect(context), f"/models/{model}/runs", limit, status=status)
    rows = tuple(
        (
            each["id"],
            each["status"],
            formats.word(each["step"]),
            formats.word(each["reason"] and each["reason"]["code"]),
            each["cause"]["kind"],
            formats.instant(each["created_at"]),
        )
        for each in page["items"]
    )
    text = Table(("run", "status", "step", "reason", "cause", "began"), rows) if rows else f"{model} has no run yet"
    ids = tuple(row[0] for row in rows)
    following = f"treadle runs show {model} {ids[0]}" if ids else f"treadle upload {model} FILE"
    return Said(page, (text, *more(page, f"runs list {model}")), ids, following)


@nouns.command("show")
def show(context: typer.Context, model: Model, run: Run = "") -> Said:
    """One run: what each verb did, and the verdict."""
    client = connect(context)
    one = client.get(f"/models/{model}/runs/{run or _newest(client, model)}")
    following = runs.after(one)
    if following.startswith("treadle runs show"):
        following = f"treadle runs list {model}"
    return Said(one, runs.whole(one), (one["id"],), following)


@nouns.command("watch")
def watch(context: typer.Context, model: Model, run: Run = "", timeout: Timeout = LONG) -> Iterator[Said | Change]:
    """One run as it turns, a line a change, until it ends."""
    patience, client = seconds(timeout), connect(context)
    which = run or _newest(client, model)
    yield from follow(client, model, which, patience, session(context).pause_s, _answer)


First = Annotated[str, typer.Argument(metavar="RUN", help="One run.", show_default=False)]
Second = Annotated[str, typer.Argument(metavar="RUN", help="And another.", show_default=False)]


@nouns.command("compare")
def compare(context: typer.Context, model: Model, first: First, second: Second) -> Said:
    """Two runs side by side: data, spec, the best candidate, figures, gates and durations."""
    client = connect(context)
    was, now = (_turn(client, model, run) for run in (first, second))
    specs = (client.get(f"/models/{model}/specs/{side['run']['spec']}")["spec"] for side in (was, now))
    both = {"was": was, "now": now, "spec": comparison.differences(*specs)}
    return Said(both, tuple(comparison.whole(both)), (first, second), f"treadle runs show {model} {second}")


def _turn(client: "Client", model: str, run: str) -> "Json":
    """A run, with the data version that it learned from and the version that it made; null where there is none."""
    one = client.get(f"/models/{model}/runs/{run}")
    places = {"dataset": "datasets", "version": "versions"}
    found = {
        name: client.get(f"/models/{model}/{noun}/{one[name]}") if one[name] else None for name, noun in places.items()
    }
    return {"run": one, **found}


def _answer(document: object, text: str) -> Said:
    """What happens is the answer here, not a message beside it."""
    return Said(document, (text,))


def _newest(client: "Client", model: str) -> str:
    """The newest run; raises Refused where there is none."""
    for each in client.get(f"/models/{model}/runs", limit=1)["items"]:
        return str(each["id"])
    raise Refused(f"{model} has no run yet", f"treadle upload {model} FILE")
