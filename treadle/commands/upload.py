"""Upload: a data file goes up, and the wheel turns by itself."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from treadle import formats
from treadle.durations import seconds
from treadle.errors import Misused, Refused
from treadle.following import follow
from treadle.said import Change, Said
from treadle.session import connect, session
from treadle.switches import LONG, Model, Timeout, Wait

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
    if not file.is_file():
        raise Misused(f"there is no file {file}", "name a .csv, .csv.gz, .parquet or .jsonl file")
    client.get(f"/models/{model}")
    with _progress(file) as progress:
        place = here.put(client.profile, model, file, progress)
    known = _arrived(client, model, place.upload, here.pause_s)
    said = _said(model, file, known)
    if not wait or not known["run"]:
        yield said
        return
    yield replace(said, next="")
    yield from follow(client, model, known["run"], patience, here.pause_s)


def _arrived(client: "Client", model: str, upload: str, pause_s: float) -> "Json":
    """The upload as the platform knows it; before it does, what is known here."""
    until = time.monotonic() + ARRIVAL_S
    while True:
        try:
            return client.get(f"/models/{model}/uploads/{upload}")
        except Refused:  # not found: its event is on the way
            if time.monotonic() >= until:
                return {"id": upload, "model": model, "status": "expected", "reason": None, "run": None}
            time.sleep(pause_s)


def _said(model: str, file: Path, known: "Json") -> Said:
    run = known["run"]
    became = {True: f"run {run} has it", False: known["reason"] or "no run has it yet"}[bool(run)]
    text = f"{model}: {file.name} is up, {formats.size(file.stat().st_size)}; {became}"
    following = f"treadle runs watch {model} {run}" if run else f"treadle runs list {model}"
    return Said(known, (text,), (known["id"],), following, status=int(known["status"] == "refused"))


@contextmanager
def _progress(file: Path) -> Iterator[Callable[[int], None]]:
    """Told of bytes; a bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(file.name, total=file.stat().st_size)
        yield lambda count: bar.advance(task, count)
