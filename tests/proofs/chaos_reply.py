"""Chaos: the reply to each write of a story is lost, once and twice; the registry is that of a faultless story.

A turn without faults is recorded: each write (function, operation, n-th for the model) is one to lose the reply of. By
`--whole` one model loses that of every write once, another one twice; else as many as `--count` says, by `--seed`.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from tests.auditor import broken
from tests.proofs import ledger, plan, turn
from tests.proofs.cloud import Cloud, cloud
from tests.proofs.plan import NAMELESS, Act, Fault, Seen
from tests.proofs.small.letters import letters
from tests.proofs.small.told import told

WRITES = frozenset(
    {
        ("dynamodb", "DeleteItem"),
        ("dynamodb", "PutItem"),
        ("dynamodb", "TransactWriteItems"),
        ("dynamodb", "UpdateItem"),
        ("eventbridge", "PutEvents"),
        ("s3", "DeleteObject"),
        ("s3", "PutObject"),
        ("sfn", "SendTaskFailure"),
        ("sfn", "SendTaskSuccess"),
        ("sfn", "StartExecution"),
        ("sfn", "StopExecution"),
        ("sns", "Publish"),
        ("sns", "SetSubscriptionAttributes"),
        ("sns", "Subscribe"),
        ("sns", "Unsubscribe"),
        ("sqs", "SendMessage"),
    }
)
"""Service and operation, in botocore's words, of all that changes something."""

ENDLESS = ("tick", "monitor", "sweep")
"""Functions of the clockwork: how often they write depends on how long a story takes."""

FAULTLESS, ONCE, TWICE = "faultless", "once", "twice"
TURN_S, REST_S = 600.0, 300.0
VISIBLE_S = 30
"""A message that could not be finished is seen again after this time; on AWS after six times its function's limit."""


@dataclass(slots=True)
class Found:
    """How many writes the story has, which replies were lost, and what does not hold."""

    writes: int = 0
    lost: list[Seen] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)


def every(model: str, times: int) -> tuple[Fault, ...]:
    """Every write for the model loses its reply so many times, and so does every write that names no model."""
    return tuple(
        Fault(Act.LOSE_REPLY, model=whose, service=service, operation=operation, times=times)
        for whose in (model, NAMELESS)
        for service, operation in sorted(WRITES)
    )


def some(writes: Sequence[Seen], seed: int, count: int) -> tuple[Fault, ...]:
    """As many of these writes lose their reply, once or twice, in the story that is called `ONCE`."""
    drawn = random.Random(seed)  # a draw that can be repeated, no secret
    chosen = drawn.sample(sorted(writes, key=str), min(count, len(writes)))
    return tuple(
        Fault(
            Act.LOSE_REPLY,
            model=NAMELESS if each.model == NAMELESS else ONCE,
            function=each.function,
            service=each.service,
            operation=each.operation,
            nth=0 if each.model == NAMELESS else each.n,
            times=drawn.choice((1, 2)),
        )
        for each in chosen
    )


def written(calls: Sequence[Seen]) -> list[Seen]:
    """The writes among the calls, each once, without those of the clockwork."""
    writes = (call for call in calls if (call.service, call.operation) in WRITES and call.function not in ENDLESS)
    return list(dict.fromkeys(replace(call, at=0.0) for call in writes))


def prove(seed: int, count: int) -> Found:
    """Play the story without faults, then with them; count 0 is every write, once and twice, side by side."""
    with cloud() as here:
        here.follow()
        here.hasten_queues(VISIBLE_S)
        first = turn.play(here.here, FAULTLESS, TURN_S)
        here.at_rest(REST_S)
        writes = [call for call in written(plan.recorded(here.faults)) if call.model in (FAULTLESS, NAMELESS)]
        models = (ONCE,) if count else (ONCE, TWICE)
        here.follow(some(writes, seed, count) if count else (*every(ONCE, 1), *every(TWICE, 2)))
        with ThreadPoolExecutor(len(models)) as players:
            stories = list(players.map(lambda model: turn.tried(here.here, model, TURN_S), models))
        made = written(plan.recorded(here.faults))
        found = Found(len(writes), list(plan.happened(here.faults)))
        here.follow()
        found.violations += [*here.at_rest(REST_S), *here.dead_letters()]
        for model, story in zip(models, stories, strict=True):
            found.violations += [f"{model}: {said}" for said in _differences(here, first, model, story)]
        if not count:
            found.violations += _spared(made, found.lost)
        return found


def _differences(here: Cloud, first: turn.Played, model: str, story: turn.Played | str) -> Iterator[str]:
    """What is not as it was without faults: the registry, the answers, the letters; and what callers saw."""
    yield from broken(here.registry, model)
    yield from told(here.registry, FAULTLESS).differences(told(here.registry, model))
    if isinstance(story, str):
        yield story
        return
    if story.answers != first.answers:
        yield "the versions answer otherwise"
    yield from story.seen.unasked_for
    wanted, got = letters(here.here, FAULTLESS), letters(here.here, model)
    if wanted != got:
        yield f"letters: {sorted(wanted - got)} are missing, {sorted(got - wanted)} are new"


def _spared(made: Sequence[Seen], lost: Sequence[Seen]) -> Iterator[str]:
    """Writes that kept their reply; a second loss may fall away, where botocore gave up after the first."""
    losses = {replace(one, at=0.0, do="") for one in lost}
    for one in made:
        if one.model in (ONCE, TWICE) and one not in losses:
            yield f"{one.model}: {one.function} {one.operation} {one.n} lost no reply"


def table(found: Found) -> str:
    """function · operation · distinct writes · replies lost."""
    rows: dict[tuple[str, str], list[Seen]] = {}
    for one in found.lost:
        rows.setdefault((one.function, f"{one.service}.{one.operation}"), []).append(replace(one, at=0.0))
    lines = [f"{'function':10} {'operation':32} {'writes':>6} {'lost':>5}"]
    lines += [f"{of:10} {what:32} {len(set(lost)):6} {len(lost):5}" for (of, what), lost in sorted(rows.items())]
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """1 when anything does not hold; what it was, the seed and the command are printed."""
    parser = argparse.ArgumentParser(prog="python -m tests.proofs.chaos_reply", description=__doc__)
    parser.add_argument("--count", type=int, default=10, help="writes drawn by the seed (10)")
    parser.add_argument("--seed", type=int, default=1, help="what draws the writes (1)")
    parser.add_argument("--whole", action="store_true", help="every write, once and twice")
    asked = parser.parse_args(arguments)
    began = time.monotonic()
    found = prove(asked.seed, 0 if asked.whole else asked.count)
    command = "make chaos-reply WHOLE=1" if asked.whole else f"make chaos-reply N={asked.count} SEED={asked.seed}"
    print(table(found))
    print(f"seed {asked.seed}: a story of {found.writes} distinct writes, {len(found.lost)} replies lost")
    if found.violations:
        print("\n".join(f"  VIOLATION {said}" for said in found.violations))
        print(f"{len(found.violations)} violations; once more: {command}")
        return 1
    figures = {
        "distinct writes": f"{found.writes:,}",
        "replies lost": f"{len(found.lost):,}",
        "differences from the faultless story": "0",
    }
    ledger.publish(ledger.Result("chaos-reply", command, str(asked.seed), figures, time.monotonic() - began))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
