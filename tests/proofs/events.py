"""Events: uploads told of 1 to 5 times, shuffled, 1 % lost: every one is in exactly one run, and sweep finds the lost.

`python -m tests.proofs.events --count 1000 --seed 1`: the verbs that ship, with the registry on DynamoDB Local; runs
begin, fail, succeed and are cancelled meanwhile, machines cannot always be started, and ends go untold.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from shared.adapters.dynamodb_registry import DynamoRegistry
from shared.domain.change import Noun
from shared.domain.model import Model
from shared.domain.run import CauseKind, Run
from shared.domain.upload import UploadStatus
from shared.ports.registry import Query, Registry, chain, every
from tests.auditor import broken
from tests.engine import make_table
from tests.examples import applied, order, spec
from tests.proofs import ledger
from tests.proofs.alone import asked, progress, with_engine
from tests.proofs.post import HOUR, Day, known

COUNT, A_DAY = 1000, 200
"""Uploads in all, and on one day, which is one seed."""

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
    """What a day was like, and what was wrong at its end."""

    uploads: int
    deliveries: int
    lost: int
    runs: int
    wrong: tuple[str, ...]


def prove(registry: Registry, seed: int, uploads: int) -> Outcome:
    """Let a day happen, sweep until all rests, and look."""
    for name, settings in SPECS.items():
        registry.commit(Model.unknown(name).apply(order(f"apply {name}"), applied(of=spec(name, **dict(settings)))))
    day = Day(registry, tuple(SPECS), seed)
    day.uploads(uploads, 12 * HOUR)
    day.happens()
    began = day.clock.now()
    while True:
        day.clock.pass_time(HOUR)
        day.sweep()
        day.happens()
        quiet = day.rests() and not day.arrivals.announced and all(known(day, each) for each in day.put)
        if quiet or day.clock.now() - began > LONGEST:
            break
    listed = [run for name in SPECS for run in every(registry, Query(Noun.RUN, name), Run)]
    wrong = (*_audited(registry), *_uploads(day), *_runs(day, listed))
    return Outcome(uploads, day.deliveries, len(day.lost), len(listed), wrong)


def _audited(registry: Registry) -> Iterator[str]:
    for name in SPECS:
        yield from (f"{name}: {said}" for said in broken(registry, name))


def _uploads(day: Day) -> Iterator[str]:
    """Each is received, once; those whose event was lost were found by sweep."""
    received = Counter(
        str(move.id)
        for name in SPECS
        for link in chain(day.registry, name)
        for move in link.moves
        if move.noun is Noun.UPLOAD and move.now == UploadStatus.RECEIVED
    )
    for arrival in day.put:
        upload = known(day, arrival)
        if upload is None or upload.status is not UploadStatus.RECEIVED or not upload.run:
            yield f"{arrival.place.key} is in no run: {upload}"
        if received[arrival.place.upload] != 1:
            yield f"{arrival.place.key} was received {received[arrival.place.upload]} times"
    if unfound := day.lost - set(day.told):
        yield f"sweep did not find {sorted(unfound)}"


def _runs(day: Day, listed: list[Run]) -> Iterator[str]:
    """Each has a cause of its own, an end, and at most one execution; no execution goes on without a run."""
    causes = Counter(run.cause for run in listed)
    uploads = {arrival.place.upload for arrival in day.put}
    for cause, runs in causes.items():
        if cause.kind is not CauseKind.UPLOAD or cause.id not in uploads:
            yield f"a run has the cause {cause}, which never was"
        if runs > 1:
            yield f"{cause} began {runs} runs"
    for run in listed:
        if run.open or not run.reason.code:
            yield f"run {run.id} of {run.model} is {run.status} without an end or a reason"
    if unknown := set(day.wheel.starts) - {run.id for run in listed}:
        yield f"executions of no run: {sorted(unknown)}"
    if going_on := day.wheel.running():
        yield f"executions go on: {sorted(going_on)}"


def main() -> int:
    """Prove it, and publish what was found; 1 where something was wrong."""
    wanted, began, days = asked(__doc__ or "", COUNT), time.monotonic(), list[Outcome]()
    seeds = range(wanted.seed, wanted.seed + -(-wanted.count // A_DAY))
    with with_engine():
        for seed in seeds:
            progress(f"{sum(day.uploads for day in days):,} of {wanted.count:,} uploads, seed {seed}")
            uploads = min(A_DAY, wanted.count - sum(day.uploads for day in days))
            days.append(prove(DynamoRegistry(make_table()), seed, uploads))
            if wrong := days[-1].wrong:
                print("", *wrong, f"repeat it: make events N={uploads} SEED={seed}", sep="\n", file=sys.stderr)
                return 1
    progress("")
    names = ("uploads", "deliveries", "lost", "runs")
    figures = {name: f"{sum(getattr(day, name) for day in days):,}" for name in names} | {"violations": "0"}
    command = f"make events N={wanted.count} SEED={wanted.seed}"
    said = f"{seeds[0]}–{seeds[-1]}"
    ledger.publish(ledger.Result("events", command, said, figures, time.monotonic() - began))
    return 0


if __name__ == "__main__":
    sys.exit(main())
