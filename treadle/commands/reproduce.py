"""Reproduce: a version is made once more from what is recorded of it, and held against itself."""

from collections.abc import Iterator

import typer

from treadle.durations import seconds
from treadle.following import begun
from treadle.said import Change, Said
from treadle.session import connect, session
from treadle.switches import LONG, Model, Reason, Timeout, Version, Wait

WHY = "to prove that it can be made again"
"""The reason where none is given: nothing is decided about the version."""


def reproduce(
    context: typer.Context,
    model: Model,
    version: Version,
    reason: Reason = WHY,
    wait: Wait = 0,
    timeout: Timeout = LONG,
) -> Iterator[Said | Change]:
    """Make a version once more as it was made, and compare what it answers."""
    patience, client = seconds(timeout), connect(context)
    receipt = client.command(f"/models/{model}/versions/{version}/reproduce", {"reason": reason})
    yield from begun(client, receipt, patience if wait else 0, session(context).pause_s)
