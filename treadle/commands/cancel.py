"""Cancel: an open run ends; what serves goes on serving."""

from typing import TYPE_CHECKING, Annotated

import typer

from treadle.errors import Refused
from treadle.receipts import sentence
from treadle.said import Said
from treadle.session import connect
from treadle.switches import Model, Reason, reasoned

if TYPE_CHECKING:
    from treadle.client import Client

Run = Annotated[str, typer.Argument(metavar="[RUN]", help="Which run; else the one that is open.", show_default=False)]


def cancel(context: typer.Context, model: Model, run: Run = "", reason: Reason = "") -> Said:
    """End an open run."""
    why, client = reasoned(reason), connect(context)
    which = run or _open(client, model)
    receipt = client.command(f"/models/{model}/runs/{which}/cancel", {"reason": why})
    return Said(receipt, (sentence(receipt),), (which,), f"treadle train {model} -m WHY")


def _open(client: "Client", model: str) -> str:
    """The run that goes on, else the one that is queued; raises Refused."""
    known = client.get(f"/models/{model}")
    for run in (known["running"], known["queued"]):
        if run:
            return str(run["run"])
    raise Refused(f"{model} has no open run", f"treadle runs list {model}")
