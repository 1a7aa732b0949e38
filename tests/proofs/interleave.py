"""Interleave: `make interleave` plays seeded schedules of eight actors at once on one model, and audits each.

`python -m tests.proofs.interleave --count 1000 --seed 1 --engine dynamodb|fake`; exit status 1 on a violation, with its
seed and the command that repeats it.
"""

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass
from enum import StrEnum

from tests.proofs import ledger
from tests.proofs.stages import InMemory, OnDynamo, Stage, play
from tests.proofs.workers import workers_in_memory, workers_on_dynamodb


class Engine(StrEnum):
    """What the schedules are played on."""

    DYNAMODB = "dynamodb"
    FAKE = "fake"


WHOLE: Mapping[Engine, int] = {Engine.DYNAMODB: 1_000, Engine.FAKE: 200_000}
AT_ONCE: Mapping[Engine, int] = {Engine.DYNAMODB: 10, Engine.FAKE: 500}
"""Seeds that a worker takes at once."""

TARGETS: Mapping[Engine, str] = {Engine.DYNAMODB: "interleave", Engine.FAKE: "interleave-fake"}


@dataclass(frozen=True, slots=True)
class Violation:
    """A seed, and what was not true in its schedule."""

    seed: int
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What so many schedules came to."""

    schedules: int
    calls: int
    violations: tuple[Violation, ...]


def played(engine: Engine, seeds: Sequence[int]) -> Found:
    """Play these seeds, one after the other."""
    stage: Stage = OnDynamo() if engine is Engine.DYNAMODB else InMemory()
    calls, violations = 0, []
    for seed in seeds:
        schedule, said = play(seed, stage)
        calls += schedule.calls
        if said:
            violations.append(Violation(seed, tuple(said)))
    return Found(len(seeds), calls, tuple(violations))


def whole(engine: Engine, seeds: range) -> Found:
    """Play the seeds on all cores; what was found so far stands on one line."""
    parts = [seeds[at : at + AT_ONCE[engine]] for at in range(0, len(seeds), AT_ONCE[engine])]
    found = Found(0, 0, ())
    with workers_on_dynamodb() if engine is Engine.DYNAMODB else workers_in_memory() as workers:
        for done in as_completed([workers.submit(played, engine, part) for part in parts]):
            found = _more(found, done.result())
            print(f"\r{found.schedules:,} schedules, {len(found.violations)} violations", end="", flush=True)
    print()
    return found


def _more(found: Found, more: Found) -> Found:
    violations = sorted((*found.violations, *more.violations), key=lambda one: one.seed)
    return Found(found.schedules + more.schedules, found.calls + more.calls, tuple(violations))


def main() -> int:
    """Play, tell, publish; the exit status."""
    asked = _asked()
    on, seeds = Engine(asked.engine), range(asked.seed, asked.seed + (asked.count or WHOLE[Engine(asked.engine)]))
    began = time.monotonic()
    found = whole(on, seeds)
    for violation in found.violations[:10]:
        print(f"seed {violation.seed}: {'; '.join(violation.said[:5])}")
        print(f"  again: make interleave N=1 SEED={violation.seed} ENGINE={on}")
    told = {
        "schedules": f"{found.schedules:,}",
        "calls": f"{found.calls:,}",
        "violations": f"{len(found.violations):,}",
    }
    command = f"make interleave N={len(seeds)} SEED={seeds[0]}" + (" ENGINE=fake" if on is Engine.FAKE else "")
    span = f"{seeds[0]}–{seeds[-1]:,}"
    ledger.publish(ledger.Result(TARGETS[on], command, span, told, time.monotonic() - began))
    return 1 if found.violations else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.proofs.interleave", description=__doc__)
    parser.add_argument("--count", type=int, default=0, help="schedules (1,000; 200,000 in memory)")
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--engine", choices=tuple(Engine), default=Engine.DYNAMODB)
    parser.add_argument("--whole", action="store_true", help="at its whole size, which is what it does anyway")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
