"""Chaos: functions are killed before and after any AWS call that a model's story makes; the story ends as it would.

First a turn without faults is recorded: each distinct call (function, operation, n-th for the model) is a place to kill
at. Then models play the same turn side by side, each with its kills. `python -m tests.proofs.chaos_kill --count 30
--seed 1`, or `--whole` for all.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field

from shared.domain.change import Noun
from shared.domain.run import Run
from shared.lifecycle.sweep.runs import YOUNG
from shared.ports.registry import Query, every
from tests.auditor import books, broken
from tests.proofs import ledger, plan, turn
from tests.proofs.cloud import Cloud, cloud
from tests.proofs.kills import Batch, Kill, dealt, faults, kills, points
from tests.proofs.owners import orphans
from tests.proofs.plan import NAMELESS, Seen
from tests.proofs.small.caller import Unfinished
from treadle.errors import Failure

VISIBLE_S = 30
"""A message that a killed function had is seen again after this time; on AWS after six times its function's limit."""

ENDED_S = 60
"""From then on, and from one sweep that finds it old enough, a run has this time to end."""

TURN_S, REST_S = 900.0, 300.0
STORY = "recorded"
ONCE = {"register": 2, "promote": 2, "retire": 1, "purge": 1}
"""Decisions of a turn: two versions, each promoted once; the first is retired and purged."""


@dataclass(slots=True)
class Found:
    """Kills that happened, how long the run that each fell into took to its end, and what does not hold."""

    kills: list[Seen] = field(default_factory=list)
    ended_s: list[tuple[Seen, float]] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)

    def add(self, other: "Found") -> None:
        """What another cloud showed."""
        self.kills += other.kills
        self.ended_s += other.ended_s
        self.violations += other.violations


def record() -> tuple[Seen, ...]:
    """The calls of a turn without faults, in a cloud of its own."""
    with cloud() as here:
        here.follow()
        turn.play(here.here, STORY, TURN_S)
        here.invoke("sweep", {})
        here.at_rest(REST_S)
        return points(plan.recorded(here.faults), STORY)


def attacked(batch: Batch, name: str) -> Found:
    """Play the turns of a batch in a cloud of its own, and look what came of it."""
    with cloud() as here:
        here.hasten_queues(VISIBLE_S)
        models = tuple(f"{name}-m{number}" for number in range(1, max(len(batch.models), 1) + 1))
        per_model = zip(models, batch.models, strict=False)
        planned = [fault for model, some in per_model for fault in faults(some, model, {})]
        here.follow((*planned, *faults(batch.nameless, NAMELESS, {})))
        with ThreadPoolExecutor(len(models)) as players:
            unfinished = [said for said in players.map(lambda model: _played(here, model), models) if said]
        busy = here.at_rest(REST_S)
        _sweep(here, batch)
        busy += here.at_rest(REST_S)
        found = _ended(here, models)
        found.violations += [*unfinished, *busy, *here.dead_letters(), *_untrue(here, models)]
        return found


def _played(here: Cloud, model: str) -> str:
    """Why the story did not come to its end; "" when it did."""
    try:
        turn.play(here.here, model, TURN_S)
    except (Unfinished, Failure) as why:
        return f"{model}: {why}"
    return ""


def _sweep(here: Cloud, batch: Batch) -> None:
    """Once more for each kill that may meet this sweep instead of one that the clock sent."""
    for _ in (kill for kill in batch.kills if kill.seen.function == "sweep"):
        with suppress(RuntimeError):
            here.invoke("sweep", {})
            return
    here.invoke("sweep", {})


def _ended(here: Cloud, models: Sequence[str]) -> Found:
    """How long each run took to its end from the last kill that it met, once its message was seen again."""
    found = Found(sorted(plan.happened(here.faults), key=lambda kill: kill.at))
    sweeps = [call.at for call in plan.recorded(here.faults) if call.function == "sweep"]
    for run in (run for model in models for run in every(here.registry, Query(Noun.RUN, model), Run)):
        for kill in [kill for kill in found.kills if _met(kill, run)][-1:]:
            seen_again, ended = kill.at + VISIBLE_S, run.since.timestamp()
            found.ended_s.append((kill, max(ended - seen_again, 0.0)))
            swept = next((at for at in sweeps if at > kill.at + YOUNG.total_seconds()), seen_again)
            if run.open or ended > max(seen_again, swept) + ENDED_S:
                found.violations.append(f"{kill.model}: {kill.do} {kill.function} {kill.operation} {kill.n}: {run}")
    return found


def _met(kill: Seen, run: Run) -> bool:
    """Whether the run was under way when it happened, so that it may have been the one that it met."""
    under_way = run.at.timestamp() <= kill.at and (run.open or kill.at <= run.since.timestamp())
    return kill.model in (run.model, NAMELESS) and under_way


def _untrue(here: Cloud, models: Sequence[str]) -> Iterator[str]:
    """What the registry and the bucket say that they must not."""
    for model in models:
        yield from (f"{model}: {said}" for said in broken(here.registry, model))
        actions = [link.receipt.action for link in books(here.registry, model).chain]
        counts = {action: actions.count(action) for action in ONCE}
        if counts != ONCE:
            yield f"{model}: decisions {counts}, expected {ONCE}"
    yield from (f"nobody owns {key}" for key in orphans(here.registry, here.artifacts, tuple(models)))


def table(found: Found) -> str:
    """function · operation · kills within a run · the longest until that had ended, in seconds."""
    rows: dict[tuple[str, str], list[float]] = {}
    for kill, took in found.ended_s:
        rows.setdefault((kill.function, f"{kill.service}.{kill.operation}"), []).append(took)
    lines = [f"{'function':10} {'operation':32} {'kills':>5} {'longest s':>9}"]
    lines += [f"{of:10} {what:32} {len(took):5} {max(took):9.1f}" for (of, what), took in sorted(rows.items())]
    return "\n".join(lines)


def prove(seed: int, count: int) -> tuple[Found, int]:
    """Record, deal, attack; what was found, and how many places to kill at there are. Count 0 is all."""
    found, places = Found(), record()
    batches = dealt(kills(places, seed, count))
    print(f"seed {seed}: {len(places)} distinct calls, killed before and after: {2 * len(places)} kills")
    for number, batch in enumerate(batches, start=1):
        began, planned = time.monotonic(), list(batch.kills)
        seen = attacked(batch, f"c{number}")
        found.add(seen)
        told = f"{len(seen.kills)} of {len(planned)} kills met, {len(seen.violations)} violations"
        print(f"cloud {number} of {len(batches)}: {len(batch.models)} models, {told}, {time.monotonic() - began:.0f} s")
        if seen.violations:
            print(_account(batch, f"c{number}", seen))
    return found, len(places)


def _account(batch: Batch, name: str, seen: Found) -> str:
    """What does not hold, and what each model had met."""
    met = [f"  {name}-m{number} had {_listed(some)}" for number, some in enumerate(batch.models, start=1)]
    return "\n".join(
        [*(f"  VIOLATION {said}" for said in seen.violations), *met, f"  all had {_listed(batch.nameless)}"]
    )


def _listed(some: Sequence[Kill]) -> str:
    return "; ".join(map(str, some)) or "none"


def main(arguments: Sequence[str]) -> int:
    """1 when anything does not hold; what it was, the seed and the command are printed."""
    parser = argparse.ArgumentParser(prog="python -m tests.proofs.chaos_kill", description=__doc__)
    parser.add_argument("--count", type=int, default=30, help="kills drawn by the seed (30)")
    parser.add_argument("--seed", type=int, default=1, help="what draws the kills and deals them (1)")
    parser.add_argument("--whole", action="store_true", help="all kills")
    asked = parser.parse_args(arguments)
    began = time.monotonic()
    found, places = prove(asked.seed, 0 if asked.whole else asked.count)
    command = f"make chaos-kill SEED={asked.seed} " + ("WHOLE=1" if asked.whole else f"N={asked.count}")
    print(table(found))
    if found.violations:
        print(f"{len(found.violations)} violations; once more: {command}")
        return 1
    longest = max((took for _, took in found.ended_s), default=0)
    figures = {
        "distinct calls": f"{places:,}",
        "kills": f"{len(found.kills):,}",
        "violations": "0",
        "longest from a message seen again to its run's end": f"{longest:.0f} s",
    }
    ledger.publish(ledger.Result("chaos-kill", command, str(asked.seed), figures, time.monotonic() - began))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
