"""Upload: a data file goes up, and the wheel turns by itself."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from treadle import formats
from treadle.durations import seconds
from treadle.following import follow
from treadle.progress import transfer
from treadle.said import Change, Said
from treadle.session import connect, session
from treadle.switches import LONG, Model, Timeout, Wait
from treadle.upload import hold, put

if TYPE_CHECKING:
    from treadle.client import Client, Json

File = Annotated[
    Path, typer.Argument(metavar="FILE", help="A .csv, .csv.gz, .parquet or .jsonl file.", show_default=False)
]
ARRIVAL_S = 20.0
"""So long an upload may be on its way to its run before the command says so."""


def upload(
    context: typer.Context, model: Model, file: File, wait: Wait = 0, timeout: Timeout = LONG
) -> Iterator[Said | Change]:
    """Upload a data file; that alone starts a run."""
    patience, client, here = seconds(timeout), connect(context), session(context)
    hold(model, file)
    with transfer(file) as progress:
        ticket = put(client, model, file, progress)
    known = _arrived(client, model, ticket["id"], here.pause_s)
    said = _said(model, file, known)
    if not wait or not known["run"]:
        yield said
        return
    yield replace(said, next="")
    yield from follow(client, model, known["run"], patience, here.pause_s)


def _arrived(client: "Client", model: str, upload: str, pause_s: float) -> "Json":
    """The upload once its event has come; the platform expects it until then."""
    until = time.monotonic() + ARRIVAL_S
    while True:
        known = client.get(f"/models/{model}/uploads/{upload}")
        if known["status"] != "expected" or time.monotonic() >= until:
            return known
        time.sleep(pause_s)


def _said(model: str, file: Path, known: "Json") -> Said:
    run = known["run"]
    became = {True: f"run {run} has it", False: known["reason"] or "no run has it yet"}[bool(run)]
    text = f"{model}: {file.name} is up, {formats.size(file.stat().st_size)}; {became}"
    following = f"treadle runs watch {model} {run}" if run else f"treadle runs list {model}"
    return Said(known, (text,), (known["id"],), following, status=int(known["status"] == "refused"))
