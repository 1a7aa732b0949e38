"""Mutants: `make mutants` takes each condition, write and fence out of what the adapter sends; each must be noticed.

`python -m tests.proofs.mutants --seed 1 [--count MUTANTS]`: the schedules of `interleave` are played on each mutant
until the auditor objects; one that lives through 50 is a condition that nobody needs, or an auditor that sleeps.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass
from random import Random

from tests.proofs import ledger
from tests.proofs.mutations import Mutant, seen
from tests.proofs.stages import OnDynamo, play
from tests.proofs.wire import Write
from tests.proofs.workers import workers_on_dynamodb

SEEDS = 50
"""Schedules that a mutant may live through."""

SAID = 160
"""Characters of a sentence that are shown."""

LOOKED_AT = 40
"""Schedules that are watched to know all that is sent."""

AT_ONCE = 5
"""Of these, what a worker watches at once."""


@dataclass(frozen=True, slots=True)
class Fate:
    """Of a mutant: the seed that killed it and the auditor's sentence; "" where it lives."""

    mutant: Mutant
    seed: int
    said: str


def sent_in(seeds: Sequence[int]) -> list[Sequence[Write]]:
    """What the adapter sends in these schedules, which all hold: a transaction of each kind."""
    sent: dict[str, Sequence[Write]] = {}

    def watched(writes: Sequence[Write]) -> list[Write]:
        sent.setdefault(str(seen([writes])), writes)
        return list(writes)

    stage = OnDynamo(watched)
    for seed in seeds:
        _, said = play(seed, stage)
        if said:
            raise RuntimeError(f"seed {seed} fails without a mutant: {said[0]}; again: make interleave N=1 SEED={seed}")
    return list(sent.values())


def fate(mutant: Mutant, first: int) -> Fate:
    """Play until the auditor objects."""
    stage = OnDynamo(mutant.mutate())
    for seed in range(first, first + SEEDS):
        _, said = play(seed, stage)
        if said:
            return Fate(mutant, seed, said[0])
    return Fate(mutant, first + SEEDS - 1, "")


def chosen(every: Sequence[Mutant], first: int, count: int) -> Sequence[Mutant]:
    """All of them, or so many of them drawn by the seed."""
    return Random(f"mutants {first}").sample(every, count) if count else every


def main() -> int:
    """Look, mutate, play, tell, publish; the exit status."""
    asked, began = _asked(), time.monotonic()
    fates = []
    with workers_on_dynamodb() as workers:
        looked = [range(at, at + AT_ONCE) for at in range(asked.seed, asked.seed + LOOKED_AT, AT_ONCE)]
        every = seen([writes for sent in workers.map(sent_in, looked) for writes in sent])
        about = [mutant for mutant in every if asked.only in str(mutant)]
        for done in as_completed(
            [workers.submit(fate, mutant, asked.seed) for mutant in chosen(about, asked.seed, asked.count)]
        ):
            fates.append(done.result())
            print(_told(fates[-1]), flush=True)
    alive = [one for one in fates if not one.said]
    last = max((one.seed - asked.seed + 1 for one in fates if one.said), default=0)
    figures = {"mutants": f"{len(fates)}", "killed": f"{len(fates) - len(alive)}", "most schedules until": f"{last}"}
    span = f"{asked.seed}–{asked.seed + SEEDS - 1}"
    command = f"make mutants SEED={asked.seed}"
    ledger.publish(ledger.Result("mutants", command, span, figures, time.monotonic() - began))
    return 1 if alive else 0


def _told(one: Fate) -> str:
    return f"{one.mutant}: " + (
        f"killed by seed {one.seed}: {one.said[:SAID]}" if one.said else f"LIVES through {SEEDS} seeds"
    )


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.proofs.mutants", description=__doc__)
    parser.add_argument("--count", type=int, default=0, help="mutants drawn by the seed (all)")
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--only", default="", help="words of a mutant's line, to play it again")
    parser.add_argument("--whole", action="store_true", help="all mutants, which is what it does anyway")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
