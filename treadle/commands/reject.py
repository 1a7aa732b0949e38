"""Reject: a run that waits for approval ends, and its version is rejected."""

import typer

from treadle.receipts import sentence
from treadle.said import Said
from treadle.session import connect
from treadle.switches import Model, Reason, reasoned
from treadle.waiting import Run, waiting


def reject(context: typer.Context, model: Model, run: Run = "", reason: Reason = "") -> Said:
    """End a run that waits for approval; its version is rejected."""
    why, client = reasoned(reason), connect(context)
    which = run or waiting(client, model)
    receipt = client.command(f"/models/{model}/runs/{which}/reject", {"reason": why})
    return Said(receipt, (sentence(receipt),), (which,), f"treadle runs show {model} {which}")
