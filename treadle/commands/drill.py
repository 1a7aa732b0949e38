"""Drill: a copy of the champion that breaks is tried, to see that it is taken back."""

from collections.abc import Iterator

import typer

from treadle.durations import seconds
from treadle.following import begun
from treadle.said import Change, Said
from treadle.session import connect, session
from treadle.switches import LONG, Model, Reason, Timeout, Wait, reasoned


def drill(
    context: typer.Context, model: Model, reason: Reason = "", wait: Wait = 0, timeout: Timeout = LONG
) -> Iterator[Said | Change]:
    """Try a copy of the champion that breaks, to see that it is taken back."""
    why, patience, client = reasoned(reason), seconds(timeout), connect(context)
    receipt = client.command(f"/models/{model}/drill", {"reason": why})
    yield from begun(client, receipt, patience if wait else 0, session(context).pause_s)
