"""Promote: a version becomes the champion; the one before it drains."""

import typer

from treadle.receipts import sentence
from treadle.said import Said
from treadle.session import connect
from treadle.switches import Model, Reason, Version, reasoned


def promote(context: typer.Context, model: Model, version: Version, reason: Reason = "") -> Said:
    """Let a version answer for its model."""
    why, client = reasoned(reason), connect(context)
    receipt = client.command(f"/models/{model}/versions/{version}/promote", {"reason": why})
    return Said(receipt, (sentence(receipt),), (str(version),), f"treadle versions show {model} {version}")
