"""Rollback: a challenger that is being tried goes, or the version that drained last is the champion again."""

import typer

from treadle.receipts import sentence
from treadle.said import Said
from treadle.session import connect
from treadle.switches import Model, Reason, reasoned


def rollback(context: typer.Context, model: Model, reason: Reason = "") -> Said:
    """Take back the challenger, or else the last promotion."""
    why, client = reasoned(reason), connect(context)
    receipt = client.command(f"/models/{model}/rollback", {"reason": why})
    return Said(receipt, (sentence(receipt),), (str(receipt["version"]),), f"treadle models show {model}")
