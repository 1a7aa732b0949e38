"""Train: the wheel turns again, on the data so far."""

from collections.abc import Iterator

import typer

from treadle.durations import seconds
from treadle.following import begun
from treadle.said import Change, Said
from treadle.session import connect, session
from treadle.switches import LONG, Model, Reason, Timeout, Wait, reasoned


def train(
    context: typer.Context, model: Model, reason: Reason = "", wait: Wait = 0, timeout: Timeout = LONG
) -> Iterator[Said | Change]:
    """Run again on the newest data, with today's spec."""
    why, patience, client = reasoned(reason), seconds(timeout), connect(context)
    receipt = client.command(f"/models/{model}/runs", {"reason": why})
    yield from begun(client, receipt, patience if wait else 0, session(context).pause_s)
