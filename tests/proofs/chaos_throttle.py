"""Chaos: for minutes a fifth of all AWS calls of all functions is throttled, conflicts or fails; nothing is lost.

One model has played its turn before the storm, and is asked all the time; `--count` others play theirs in it. Which
calls are hit, and with what, is drawn by `--seed`. Afterwards comes one sweep.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from shared.adapters.dynamodb_profiles import DynamoProfiles
from shared.domain.change import Noun
from shared.domain.run import OPEN, Run
from shared.ports.registry import Query
from tests.auditor import broken
from tests.proofs import ledger, plan, turn
from tests.proofs.cloud import Cloud, cloud
from tests.proofs.plan import Seen
from tests.proofs.small.caller import Seen as SeenByCallers
from tests.proofs.small.letters import letters
from tests.proofs.storm import Crowd, storm

STEADY = "steady"
TURN_S, REST_S = 900.0, 300.0
AT_ONCE = 5
SECONDS = 150
VISIBLE_S = 30
"""A message that could not be finished is seen again after this time; on AWS after six times its function's limit."""
DAY = timedelta(days=1)


@dataclass(slots=True)
class Found:
    """What callers saw, which calls there were and which of them were hit, how turns ended, what does not hold."""

    seen: SeenByCallers = field(default_factory=SeenByCallers)
    calls: list[Seen] = field(default_factory=list)
    hit: list[Seen] = field(default_factory=list)
    finished: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)


def prove(seed: int, count: int, seconds: int) -> Found:
    """Play in a storm of so many seconds, sweep once, and look what came of it."""
    found = Found()
    with cloud() as here:
        here.follow()
        steady = turn.play(here.here, STEADY, TURN_S)
        here.hasten_queues(VISIBLE_S)
        crowd, models = Crowd(here.here, STEADY, found.seen), [f"storm-{number}" for number in range(1, count + 1)]
        here.follow(storm(seed, time.time() + seconds))
        with ThreadPoolExecutor(AT_ONCE + 1) as players:
            asking = players.submit(crowd.ask)
            stories = list(players.map(lambda model: turn.tried(here.here, model, TURN_S), models))
            crowd.gone.set()
            asking.result()
        here.at_rest(REST_S)
        here.invoke("sweep", {})
        found.violations += [*here.at_rest(REST_S), *here.dead_letters()]
        found.calls, found.hit = list(plan.recorded(here.faults)), list(plan.happened(here.faults))
        turns = {story.model: story for story in stories if isinstance(story, turn.Played)}
        found.finished = len(turns)
        found.violations += [story for story in stories if isinstance(story, str)]
        for story in turns.values():
            found.seen.add(story.seen)
            found.violations += _untold(here, story.model)
        asked = {model: story.rows for model, story in turns.items()} | {STEADY: steady.rows + crowd.rows}
        found.violations += _uncounted(here, asked)
        for model in models:
            found.violations += [f"{model}: {said}" for said in (*broken(here.registry, model), *_open(here, model))]
            found.ends.update(_ends(here, model))
    found.violations += found.seen.unasked_for
    return found


def _untold(here: Cloud, model: str) -> Iterator[str]:
    """Letters that the steady model's owners had and these had not."""
    if missing := letters(here.here, STEADY) - letters(here.here, model):
        yield f"{model}: nobody was told {sorted(missing)}"


def _uncounted(here: Cloud, asked: dict[str, Counter[int]]) -> Iterator[str]:
    """Rows that were answered, and that no hour's profile counts; waited for, since they are delivered by and by."""
    profiles, until = DynamoProfiles(here.table), time.monotonic() + REST_S

    def counted(model: str, version: int) -> int:
        now = datetime.now(UTC)
        return sum(hour.rows for hour in profiles.hours(model, version, now - DAY, now + DAY))

    for model, versions in asked.items():
        for version, rows in versions.items():
            while counted(model, version) < rows and time.monotonic() < until:
                time.sleep(1)
            if (got := counted(model, version)) != rows:
                yield f"{model}: version {version} answered {rows} rows, {got} are counted"


def _runs(here: Cloud, model: str) -> list[Run]:
    return [run for run in here.registry.page(Query(Noun.RUN, model)).items if isinstance(run, Run)]


def _open(here: Cloud, model: str) -> Iterator[str]:
    """Runs that did not come to a named end."""
    for run in _runs(here, model):
        if run.status in OPEN or not run.reason.code:
            yield f"{run.id} is {run.status} for the reason {run.reason.code or 'of nobody'}"


def _ends(here: Cloud, model: str) -> Iterator[str]:
    yield from (f"{run.status}: {run.reason.code}" for run in _runs(here, model))


def tables(found: Found) -> str:
    """Service · calls · those that were hit; then route · status · answers."""
    calls = Counter(call.service for call in found.calls)
    hit = Counter(call.service for call in found.hit)
    lines = [f"{'service':12} {'calls':>7} {'hit':>6}"]
    lines += [f"{service:12} {count:7,} {hit[service]:6,}" for service, count in sorted(calls.items())]
    lines += [f"{'route':48} {'status':>6} {'answers':>8}"]
    lines += [f"{route:48} {status:6} {count:8,}" for (route, status), count in sorted(found.seen.statuses.items())]
    lines += [f"runs ended {end}: {count}" for end, count in sorted(found.ends.items())]
    return "\n".join(lines)


def figures(found: Found, count: int) -> dict[str, str]:
    """What is published."""
    busy = sum(answers for (_, status), answers in found.seen.statuses.items() if status == 503)
    answers = sum(found.seen.statuses.values())
    return {
        "calls hit": f"{len(found.hit):,} of {len(found.calls):,}",
        "turns finished": f"{found.finished} of {count}",
        "503 with Retry-After": f"{busy:,} of {answers:,} answers",
        "violations": str(len(found.violations)),
    }


def _command(count: int, seed: int, seconds: int) -> str:
    """What plays the same storm once more."""
    if seconds == SECONDS:
        return f"make chaos-throttle N={count} SEED={seed}"
    return f"python -m tests.proofs.chaos_throttle --count {count} --seed {seed} --seconds {seconds}"


def main(arguments: Sequence[str]) -> int:
    """1 when anything does not hold; what it was, the seed and the command are printed."""
    parser = argparse.ArgumentParser(prog="python -m tests.proofs.chaos_throttle", description=__doc__)
    parser.add_argument("--count", type=int, default=10, help="models that play their turn in the storm (10)")
    parser.add_argument("--seed", type=int, default=1, help="what draws the calls that are hit (1)")
    parser.add_argument("--seconds", type=int, default=SECONDS, help=f"how long the storm lasts ({SECONDS})")
    asked = parser.parse_args(arguments)
    began = time.monotonic()
    found = prove(asked.seed, asked.count, asked.seconds)
    command = _command(asked.count, asked.seed, asked.seconds)
    print(tables(found))
    if found.violations:
        print("\n".join(f"  VIOLATION {said}" for said in found.violations))
        print(f"{len(found.violations)} violations with seed {asked.seed}; once more: {command}")
        return 1
    told = figures(found, asked.count)
    ledger.publish(ledger.Result("chaos-throttle", command, str(asked.seed), told, time.monotonic() - began))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
