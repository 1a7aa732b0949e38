"""Retire: a version that drains answers nobody any more, before its time is over."""

import typer

from treadle.receipts import sentence
from treadle.said import Said
from treadle.session import connect
from treadle.switches import Model, Reason, Version, reasoned


def retire(context: typer.Context, model: Model, version: Version, reason: Reason = "") -> Said:
    """Retire a version that drains, at once."""
    why, client = reasoned(reason), connect(context)
    receipt = client.command(f"/models/{model}/versions/{version}/retire", {"reason": why})
    return Said(receipt, (sentence(receipt),), (str(version),), f"treadle versions show {model} {version}")
