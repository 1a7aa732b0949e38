"""Days: the verbs that ship, with the registry on any engine; runs begin, fail, succeed and are cancelled meanwhile,
machines cannot always be started, and ends go untold. A day is one seed, and days are independent of each other.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass
from datetime import timedelta

from shared.adapters.dynamodb_registry import DynamoRegistry
from shared.domain.model import Model
from shared.ports.registry import Registry
from tests.engine import make_table
from tests.examples import applied, order, spec
from tests.proofs import uploaded
from tests.proofs.alone import progress
from tests.proofs.post import HOUR, Day
from tests.proofs.workers import workers_on_dynamodb

A_DAY = 200
"""Uploads of one day."""

SPECS: Mapping[str, Mapping[str, object]] = {
    "append": {},
    "replace": {"data": {"uploads": "replace"}},
    "paced": {"train": {"at_most": "3/hour"}},
    "slow": {"train": {"at_most": "4/day"}, "data": {"uploads": "replace"}},
    "rare": {"train": {"at_most": "2/day"}},
}
"""The models of a day, and what their specs ask for."""

LONGEST = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the day of a seed was like, and what was wrong at its end."""

    seed: int
    uploads: int
    deliveries: int
    lost: int
    runs: int
    wrong: tuple[str, ...]


def whole(uploads: int, seed: int) -> list[Outcome]:
    """So many uploads in days from this seed on, which run on all cores, each on a table of its own; in their order."""
    sizes = [min(A_DAY, uploads - before) for before in range(0, uploads, A_DAY)]
    with workers_on_dynamodb() as workers:
        days = [workers.submit(on_dynamodb, seed + number, size) for number, size in enumerate(sizes)]
        for done, _ in enumerate(as_completed(days)):
            progress(f"{done + 1} of {len(days)} days")
    progress("")
    return [day.result() for day in days]


def on_dynamodb(seed: int, uploads: int) -> Outcome:
    """The day on the DynamoDB that the environment names."""
    return prove(DynamoRegistry(make_table()), seed, uploads)


def prove(registry: Registry, seed: int, uploads: int) -> Outcome:
    """Let a day happen, sweep every hour until all rests, and look."""
    for name, settings in SPECS.items():
        registry.commit(Model.unknown(name).apply(order(f"apply {name}"), applied(of=spec(name, **dict(settings)))))
    day = Day(registry, tuple(SPECS), seed)
    day.uploads(uploads, 12 * HOUR)
    day.happens()
    began = day.clock.now()
    while day.clock.now() - began <= LONGEST:
        day.clock.pass_time(HOUR)
        day.sweep()
        day.happens()
        if day.rests() and not uploaded.unknown(registry, day.came):
            break
    runs = [run.id for name in SPECS for run in uploaded.listed(registry, name)]
    wrong = (*uploaded.broken(registry, tuple(SPECS), day.came), *_day(day, runs))
    return Outcome(seed, uploads, day.deliveries, len(day.lost), len(runs), wrong)


def _day(day: Day, runs: Sequence[str]) -> Iterator[str]:
    """Those whose event was lost were found by sweep; no execution is of no run, and none goes on."""
    if unfound := day.lost - set(day.told):
        yield f"sweep did not find {sorted(unfound)}"
    if unknown := set(day.wheel.starts) - set(runs):
        yield f"executions of no run: {sorted(unknown)}"
    if going_on := day.wheel.running():
        yield f"executions go on: {sorted(going_on)}"
