"""Datasets: the data versions of a model, one, or two side by side."""

from typing import TYPE_CHECKING, Annotated

import typer

from treadle import contrast, formats
from treadle.errors import Refused
from treadle.listing import listing, more
from treadle.said import Said, Table, facts
from treadle.session import connect
from treadle.switches import Limit, Model

if TYPE_CHECKING:
    from treadle.client import Client, Json

nouns = typer.Typer(help="Datasets: accepted data versions, their rows and splits.")
Dataset = Annotated[str, typer.Argument(metavar="[DATASET]", help="Which one; else the newest.", show_default=False)]


@nouns.command("list")
def index(context: typer.Context, model: Model, limit: Limit = 50) -> Said:
    """All data versions of a model, newest first."""
    page = listing(connect(context), f"/models/{model}/datasets", limit)
    counts = ("rows", "train_rows", "test_rows", "rejected_rows")
    rows = tuple(
        (each["id"], *(formats.number(each[name]) for name in counts), formats.instant(each["accepted_at"]))
        for each in page["items"]
    )
    header = ("dataset", "rows", "to learn", "to judge", "rejected", "accepted")
    text = Table(header, rows) if rows else f"{model} has no data yet"
    ids = tuple(row[0] for row in rows)
    following = f"treadle datasets show {model} {ids[0]}" if ids else f"treadle upload {model} FILE"
    return Said(page, (text, *more(page, f"datasets list {model}")), ids, following)


@nouns.command("show")
def show(context: typer.Context, model: Model, dataset: Dataset = "") -> Said:
    """One data version: its rows, its split, where it came from."""
    client = connect(context)
    which = dataset or _newest(client, model)
    one = client.get(f"/models/{model}/datasets/{which}")
    return Said(one, (_facts(one),), (one["id"],), f"treadle runs show {model} {one['run']}")


Was = Annotated[str, typer.Argument(metavar="[A]", help="The older; else the one before B.", show_default=False)]
Now = Annotated[str, typer.Argument(metavar="[B]", help="The newer; else the newest of all.", show_default=False)]


@nouns.command("diff")
def diff(context: typer.Context, model: Model, was: Was = "", now: Now = "") -> Said:
    """How far data version B has moved from A, column by column."""
    client = connect(context)
    which = now or _newest(client, model)
    both = client.get(f"/models/{model}/datasets/{which}/diff", **({"against": was} if was else {}))
    ids = (both["was"]["id"], both["now"]["id"])
    return Said(both, tuple(contrast.whole(both)), ids, f"treadle datasets show {model} {ids[1]}")


def _newest(client: "Client", model: str) -> str:
    """The newest data version; raises Refused where there is none."""
    if newest := client.get(f"/models/{model}")["dataset"]:
        return str(newest)
    raise Refused(f"{model} has no data yet", f"treadle upload {model} FILE")


def _facts(one: "Json") -> Table:
    share = one["positive_share"]
    return facts(
        dataset=one["id"],
        rows=formats.number(one["rows"]),
        to_learn_from=formats.number(one["train_rows"]),
        to_judge_by=formats.number(one["test_rows"]),
        without_an_outcome=formats.number(one["skipped_rows"]),
        rejected=formats.number(one["rejected_rows"]),
        captured=formats.number(one["captured_rows"]) if one["captured_rows"] else "",
        positive="" if share is None else f"{share:.1%} of what is learned from",
        cut=formats.instant(one["cut_at"]),
        first_row=formats.instant(one["first_row_at"]),
        last_row=formats.instant(one["last_row_at"]),
        fingerprint=one["fingerprint"],
        after=one["previous"],
        uploads=", ".join(one["uploads"]),
        spec=one["spec"],
        run=one["run"],
        accepted=formats.instant(one["accepted_at"]),
    )
