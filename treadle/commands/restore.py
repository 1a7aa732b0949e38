"""Restore: a version that left comes before the gates of today."""

from collections.abc import Iterator

import typer

from treadle.durations import seconds
from treadle.following import begun
from treadle.said import Change, Said
from treadle.session import connect, session
from treadle.switches import LONG, Model, Reason, Timeout, Version, Wait, reasoned


def restore(
    context: typer.Context, model: Model, version: Version, reason: Reason = "", wait: Wait = 0, timeout: Timeout = LONG
) -> Iterator[Said | Change]:
    """Bring a version that left before the gates of today."""
    why, patience, client = reasoned(reason), seconds(timeout), connect(context)
    receipt = client.command(f"/models/{model}/versions/{version}/restore", {"reason": why})
    yield from begun(client, receipt, patience if wait else 0, session(context).pause_s)
