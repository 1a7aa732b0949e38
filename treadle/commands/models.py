"""Models: all of them, or one."""

from typing import TYPE_CHECKING

import typer

from treadle import formats
from treadle.listing import listing, more
from treadle.said import Said, Table, facts
from treadle.session import connect
from treadle.switches import Limit, Model

if TYPE_CHECKING:
    from treadle.client import Json

nouns = typer.Typer(help="Models: what serves, and what goes on.")


@nouns.command("list")
def index(context: typer.Context, limit: Limit = 50) -> Said:
    """All models, the one that changed last first."""
    page = listing(connect(context), "/models", limit)
    rows = tuple(
        (each["name"], formats.word(each["champion"]), formats.word(_open(each)), formats.instant(each["changed_at"]))
        for each in page["items"]
    )
    text = Table(("model", "champion", "run", "changed"), rows) if rows else "there is no model yet"
    names = tuple(row[0] for row in rows)
    following = f"treadle models show {names[0]}" if names else "treadle init FILE"
    return Said(page, (text, *more(page, "models list")), names, following)


@nouns.command("show")
def show(context: typer.Context, model: Model) -> Said:
    """One model: what it is for, what serves, what goes on."""
    one = connect(context).get(f"/models/{model}")
    shown = facts(
        model=one["name"],
        about=one["about"],
        task=f"{one['task']}, judged by {one['metric']}",
        champion=one["champion"] and f"version {one['champion']}",
        arms=", ".join(f"version {arm['version']} {arm['role']} {arm['share']:.0%}" for arm in one["arms"]),
        run=_open(one),
        dataset=one["dataset"],
        spec=one["spec"],
        changed=formats.instant(one["changed_at"]),
    )
    champion = one["champion"]
    if champion:
        return Said(one, (shown,), (model,), f"treadle versions show {model} {champion}")
    return Said(
        one, (shown,), (model,), f"treadle runs list {model}" if one["dataset"] else f"treadle upload {model} FILE"
    )


def _open(one: "Json") -> str:
    """The run that goes on, else the one that is queued, else nothing."""
    return next((f"{run['run']} {run['status']}" for run in (one["running"], one["queued"]) if run), "")
