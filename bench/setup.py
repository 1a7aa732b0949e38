"""Set-up: how long the things take that people wait for before anything is predicted; each the median of three.

What needs a bare machine or plays the whole demo is not run here: `bench/README.md` says how to measure it.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from statistics import median
from time import perf_counter

from bench import _processes
from bench._cloud import STATE
from stacks.layers.build import Source
from stacks.synth import ROOT, synthesize

TIMES = 3
PYTHON = sys.executable
UP = (PYTHON, "-m", "local", "up", "--state", str(STATE))
DOWN = (PYTHON, "-m", "local", "down", "--state", str(STATE))


def main() -> None:
    """Measure and print."""
    print(f"set-up; {_processes.load()}", flush=True)
    _print("make ready, nothing to do", [_seconds("make", "ready") for _ in range(TIMES)])
    _print("treadle --help", [_seconds(PYTHON, "-m", "treadle", "--help") for _ in range(TIMES)])
    with tempfile.TemporaryDirectory() as folder:
        _print("make synth, from nothing", [_seconds(PYTHON, "-m", "stacks.synth", "--out", folder)])
    if synthesize(ROOT / "cdk.out", Source.PINS):
        raise SystemExit("bench: the templates could not be written")
    _print("make synth, current", [_seconds(PYTHON, "-m", "stacks.synth") for _ in range(TIMES)])
    shutil.rmtree(STATE, ignore_errors=True)
    times = [(_seconds(*UP), _seconds(*DOWN)) for _ in range(TIMES)]
    _print("make up, templates current", [up for up, _ in times])
    _print("make down", [down for _, down in times])
    print(f"afterwards: {_processes.load()}")


def _seconds(*command: str) -> float:
    """Wall seconds of a command; raises SystemExit, with what it said, where it fails."""
    began = perf_counter()
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"bench: {' '.join(command)} failed: {done.stderr}{done.stdout}")
    return perf_counter() - began


def _print(what: str, seconds: Sequence[float]) -> None:
    each = ", ".join(f"{one:.1f}" for one in seconds)
    print(f"{what:28} {median(seconds):6.1f} s   ({each})", flush=True)


if __name__ == "__main__":
    main()
