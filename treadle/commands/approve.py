"""Approve: a run that waits for it goes on to deploy its version."""

import typer

from treadle.receipts import sentence
from treadle.said import Said
from treadle.session import connect
from treadle.switches import Model, Reason, reasoned
from treadle.waiting import Run, waiting


def approve(context: typer.Context, model: Model, run: Run = "", reason: Reason = "") -> Said:
    """Let a run that waits for approval go on."""
    why, client = reasoned(reason), connect(context)
    which = run or waiting(client, model)
    receipt = client.command(f"/models/{model}/runs/{which}/approve", {"reason": why})
    return Said(receipt, (sentence(receipt),), (which,), f"treadle runs watch {model} {which}")
