"""Drift: a check from 720 hourly profiles against a library that reads the rows.

A month of a million rows × 19 columns is counted into hours, as fold does while they come in. A check then sums 720 of
them and computes every figure of every column: PSI, Jensen-Shannon, Cramér's V, KS, missing and unseen shares, and the
realised metrics. The peer, Evidently's default preset, reads both million rows; bench/README.md says how its time was
measured, since what it needs does not go with what Treadle is tested with.
"""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench import _processes
from shared.domain.hour import Hour
from shared.domain.profile import ColumnProfile, Numbers, Profile, categories
from shared.engines.monitoring import Budget, Hours, Reference, captured, drift, realised
from shared.engines.tables.profiling import numbers
from shared.statistics import performance
from shared.statistics import profile as vectors

ROWS, HOURS = 1_000_000, 720
WIDTHS = (3, 5, 12, 24, 60, 110, 900)
NUMBERS = 12
PEER = Path(__file__).parent / "peers" / "evidently_drift.py"
ITS_PACKAGES = ("evidently==0.7.23", "pandas<3")

TIMES = 9
"""How often a check is repeated."""


def main() -> None:
    """Count, check, compare, print."""
    print(f"drift; {_processes.load()}", flush=True)
    reference, kept = _month(seed=1), _records(seed=2)
    budget = Budget(alarms=0.5, period=720, length=HOURS, every=1)
    took = [_checked(reference, kept, budget) for _ in range(TIMES)]
    seconds, first = median(took[1:]), took[0]
    print(f"first check, the reference replayed as well  {first * 1000:8.1f} ms")
    print(f"a check of {HOURS} profiles, median of {TIMES - 1}         {seconds * 1000:8.1f} ms")
    if "--peer" in sys.argv:
        wall, cpu = _peer()
        print(
            f"Evidently's default preset                   {wall * 1000:8.0f} ms   {wall / seconds:,.0f} times as long"
        )
        print(f"its processor's seconds alone                {cpu * 1000:8.0f} ms   {cpu / seconds:,.0f} times a check")
    print(f"afterwards: {_processes.load()}")


def _peer() -> tuple[float, float]:
    """Seconds that the peer takes, by the wall and by CPU; its packages are fetched before its clock starts."""
    packages = [part for package in ITS_PACKAGES for part in ("--with", package)]
    uv = Path(sys.executable).with_name("uv")
    command = [str(uv), "run", "--quiet", "--no-project", *packages, str(PEER)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    figures = json.loads(said.splitlines()[-1])
    return float(figures["wall_s"]), float(figures["cpu_s"])


def _checked(reference: Reference, kept: tuple[Hour, ...], budget: Budget) -> float:
    """Seconds from the records as they lie in the table to every figure of a window of all of them."""
    began = perf_counter()
    hours = captured(kept, 0, HOURS, vectors.size(reference.bins), len(kept[0].answers) // 8)
    end = np.array([HOURS])
    figures = (
        drift(reference, hours, end, budget).figures(0),
        realised("binary", reference, hours, end, budget).figures(0),
    )
    took = perf_counter() - began
    if len(figures[0]) < 3 * (NUMBERS + len(WIDTHS)):
        raise ValueError(f"expected figures of every column, got {len(figures[0])}")
    return took


def _columns(seed: int) -> dict[str, NDArray[Any]]:
    """A million rows of 19 columns: numbers, and categories from 3 to 900 values wide."""
    drawn = np.random.default_rng(seed)
    made: dict[str, NDArray[Any]] = {f"number_{each}": drawn.gamma(2 + each, 1, ROWS) for each in range(NUMBERS)}
    for width in WIDTHS:
        made[f"category_{width}"] = np.minimum(drawn.geometric(2 / width, ROWS), width)
    return made


def _bins(columns: dict[str, NDArray[Any]]) -> Profile:
    def of(values: NDArray[Any]) -> ColumnProfile:
        if values.dtype == np.float64:
            return numbers(values)
        return categories(
            {str(value): int(count) for value, count in zip(*np.unique(values, return_counts=True), strict=True)}
        )

    return Profile(ROWS, {name: of(values) for name, values in columns.items()}, Numbers((0.5,), (0, 0)))


def _counted(bins: Profile, columns: dict[str, NDArray[Any]], scores: NDArray[np.float64]) -> NDArray[np.uint32]:
    """The vectors of the hours (720, bins), the rows in their order."""
    words = {name: values if values.dtype == np.float64 else values.astype(str) for name, values in columns.items()}
    places = vectors.placed(bins, {**words, "prediction": scores})
    return vectors.summed(bins, places, np.arange(ROWS) * HOURS // ROWS, HOURS)


def _answers(scores: NDArray[np.float64], seed: int) -> list[NDArray[np.float64]]:
    late = (np.random.default_rng(seed).random(ROWS) < scores).astype(np.float64)
    parts = np.array_split(np.arange(ROWS), HOURS)
    return [performance.summed("binary", scores[part], late[part]) for part in parts]


def _month(seed: int) -> Reference:
    """The reference: another million rows, by hour."""
    columns, scores = _columns(seed), np.random.default_rng(seed).beta(2, 6, ROWS)
    bins = _bins(columns)
    kept = _kept(_counted(bins, columns, scores), _answers(scores, seed))
    hours: Hours = captured(kept, 0, HOURS, vectors.size(bins), len(kept[0].answers) // 8)
    return Reference(bins, tuple(columns), hours)


def _records(seed: int) -> tuple[Hour, ...]:
    """What lies in the table of the month that is checked."""
    scores = np.random.default_rng(seed).beta(2, 6, ROWS)
    return _kept(_counted(_bins(_columns(1)), _columns(seed), scores), _answers(scores, seed))


def _kept(counts: NDArray[np.uint32], answers: list[NDArray[np.float64]]) -> tuple[Hour, ...]:
    rows = ROWS // HOURS
    return tuple(
        Hour(
            1,
            datetime.fromtimestamp(3600 * hour, UTC),
            "",
            rows,
            rows,
            vector.astype("<u4").tobytes(),
            sums.astype("<f8").tobytes(),
        )
        for hour, (vector, sums) in enumerate(zip(counts, answers, strict=True))
    )


if __name__ == "__main__":
    main()
