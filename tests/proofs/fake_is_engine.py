"""Fake ≡ engine: whatever happens to a model, the registry in memory answers as the one on DynamoDB does.

`python -m tests.proofs.fake_is_engine --count 2000 --seed 1`: sequences of the rules of `tests/life.py`, drawn by
hypothesis. Each command is given to both; receipts and errors are compared at once, all that can be read at the end.
"""

import sys
import time
from collections.abc import Iterator
from concurrent.futures import as_completed

import hypothesis
from hypothesis import HealthCheck, Phase
from hypothesis.stateful import run_state_machine_as_test

from shared.adapters.dynamodb_registry import DynamoRegistry
from tests.engine import make_table
from tests.examples import MODEL
from tests.fakes.registry import MemoryRegistry
from tests.life import Life
from tests.proofs import ledger
from tests.proofs.alone import asked, progress
from tests.proofs.twin import Twin
from tests.proofs.workers import workers_on_dynamodb

COUNT = 2000
AT_ONCE = 20
"""Sequences a seed."""

STEPS = 30


def prove(seed: int, sequences: int) -> int:
    """Draw so many sequences by the seed; how many commands they held. Raises AssertionError with the shortest."""
    twins: list[Twin] = []

    def life() -> Life:
        twin = Twin(MemoryRegistry(), DynamoRegistry(make_table()), MODEL)
        twins.append(twin)
        machine = Life(twin)
        machine.teardown = twin.all_equal  # type: ignore[method-assign]
        return machine

    drawn = hypothesis.settings(
        max_examples=sequences,
        stateful_step_count=STEPS,
        derandomize=False,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(hypothesis.seed(seed)(life), settings=drawn)  # type: ignore[arg-type]
    return sum(twin.commits for twin in twins)


def _seeds(first: int, sequences: int) -> Iterator[tuple[int, int]]:
    """Seeds, and how many sequences each draws."""
    for number, begin in enumerate(range(0, sequences, AT_ONCE)):
        yield first + number, min(AT_ONCE, sequences - begin)


def main() -> int:
    """Prove it, and publish what was found; 1 where a sequence was answered differently."""
    wanted, began, done, commands = asked(__doc__ or "", COUNT), time.monotonic(), 0, 0
    seeds = dict(_seeds(wanted.seed, wanted.count))
    with workers_on_dynamodb() as workers:
        proving = {workers.submit(prove, seed, sequences): seed for seed, sequences in seeds.items()}
        for proved in as_completed(proving):
            seed = proving[proved]
            try:
                commands += proved.result()
            except AssertionError as different:
                workers.shutdown(wait=False, cancel_futures=True)
                print(f"\n{different}\nrepeat it: make fake-is-engine N={seeds[seed]} SEED={seed}", file=sys.stderr)
                return 1
            done += seeds[seed]
            progress(f"{done:,} of {wanted.count:,} sequences, {commands:,} commands")
    progress("")
    figures = {"sequences": f"{wanted.count:,}", "commands": f"{commands:,}", "differences": "0"}
    said = f"{min(seeds)}–{max(seeds)}"
    command = f"make fake-is-engine N={wanted.count} SEED={wanted.seed}"
    ledger.publish(ledger.Result("fake-is-engine", command, said, figures, time.monotonic() - began))
    return 0


if __name__ == "__main__":
    sys.exit(main())
