"""Ledger: what whole runs of the proofs found, kept in `reliability.json` and shown in `RELIABILITY.md`.

`PUBLISH=1 make interleave N=1000` writes both; without PUBLISH a run only prints what it found. `python -m
tests.proofs.ledger` writes the page anew from what is kept.
"""

import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from pydantic import TypeAdapter

from tests.proofs.claims import CLAIMS, FOOT, HEAD

KEPT = Path(__file__).with_name("reliability.json")
PAGE = Path(__file__).parents[2] / "RELIABILITY.md"


@dataclass(frozen=True, slots=True)
class Result:
    """What one run of a target found: the command that repeats it, its seeds, and figures in words."""

    target: str
    command: str
    seeds: str
    figures: Mapping[str, str]
    seconds: float


@dataclass(frozen=True, slots=True)
class Entry:
    """A result, when it was found, and on which machine."""

    result: Result
    on: date
    cores: int
    python: str


ENTRIES = TypeAdapter(dict[str, Entry])


def publish(result: Result) -> None:
    """Print what was found and, with PUBLISH=1 in the environment, put it in place of what its target found before.

    Raises ValueError for a target without a claim.
    """
    if result.target not in CLAIMS:
        raise ValueError(
            f"tests/proofs/claims.py has no claim for {result.target}: add one, or use {', '.join(CLAIMS)}"
        )
    print(f"{result.command}: {_figures(result)}; seeds {result.seeds}; {duration(result.seconds)}")
    if os.environ.get("PUBLISH") == "1":
        now = datetime.now(UTC).date()
        entry = Entry(result, now, os.cpu_count() or 1, platform.python_version())
        write(kept() | {result.target: entry})


def kept() -> dict[str, Entry]:
    """The last published entry of each target."""
    return ENTRIES.validate_json(KEPT.read_bytes()) if KEPT.exists() else {}


def write(entries: Mapping[str, Entry]) -> None:
    """Keep these entries, and make the page of them."""
    ordered = {target: entries[target] for target in CLAIMS if target in entries}
    KEPT.write_bytes(ENTRIES.dump_json(ordered, indent=1) + b"\n")
    PAGE.write_text(page(ordered), encoding="utf-8")


def page(entries: Mapping[str, Entry]) -> str:
    """The whole page as Markdown: a row for every claim, in their order; one that no run backs yet says so."""
    rows = (_row(claim, entries.get(target)) for target, claim in CLAIMS.items())
    return HEAD + "".join(rows) + FOOT


def duration(seconds: float) -> str:
    """A duration as people say it: `12 s`, `3 min 32 s`, `1 h 5 min`."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def _row(claim: str, entry: Entry | None) -> str:
    if entry is None:
        return f"| {claim} | not published yet | | | |\n"
    result = entry.result
    machine = f"{entry.on}, {entry.cores} cores, Python {entry.python}"
    cells = (claim, f"`{result.command}`", result.seeds, _figures(result), f"{duration(result.seconds)}; {machine}")
    return f"| {' | '.join(cells)} |\n"


def _figures(result: Result) -> str:
    return ", ".join(f"{name}: {figure}" for name, figure in result.figures.items())


if __name__ == "__main__":
    write(kept())
