"""An embedded cloud of a benchmark's own: empty at first, as `make up` would start it, gone at the end."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from stacks.layers.build import Source
from stacks.synth import ROOT, synthesize
from treadle.client import Client
from treadle.profile import profile

STATE = Path(".treadle/bench")
READY_S = 120
PATIENCE_S = 170
PAUSE_S = 2.0
"""Between two looks at a model: rare enough to cost nothing."""


LOST = frozenset({"rejected", "failed", "cancelled"})


@dataclass(frozen=True, slots=True)
class Cloud:
    """Where it answers, the process that all of it descends from, and a folder for files."""

    client: Client
    process: int
    folder: Path


@contextmanager
def cloud() -> Iterator[Cloud]:
    """A cloud that serves; raises SystemExit where it cannot start."""
    if synthesize(ROOT / "cdk.out", Source.PINS):
        raise SystemExit("bench: the templates could not be written")
    shutil.rmtree(STATE, ignore_errors=True)
    STATE.mkdir(parents=True)
    settings, log = STATE / "local.json", STATE / "supervisor.log"
    command = [sys.executable, "-m", "local", "serve", "--fresh", "--state", str(STATE)]
    with log.open("wb") as said:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
    try:
        _wait_for(settings, process)
        yield Cloud(Client(profile({"TREADLE_PROFILE": str(settings)})), process.pid, STATE / "files")
    finally:
        process.terminate()
        process.wait()


def _wait_for(settings: Path, process: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + READY_S
    while not settings.exists():
        if process.poll() is not None or time.monotonic() > give_up:
            raise SystemExit(f"bench: the embedded cloud did not start, see {STATE / 'supervisor.log'}")
        time.sleep(0.02)


def until_serving(client: Client, model: str) -> datetime:
    """The instant from which a version of the model serves; raises SystemExit where its run ended otherwise."""
    give_up = time.monotonic() + PATIENCE_S
    while not (serving := client.get(f"/models/{model}/serving"))["arms"]:
        ended = [run for run in client.get(f"/models/{model}/runs")["items"] if run["status"] in LOST]
        if ended or time.monotonic() > give_up:
            raise SystemExit(f"bench: no version of {model} came to serve: {json.dumps(ended)[:500]}")
        time.sleep(PAUSE_S)
    return datetime.fromisoformat(serving["since_at"])
