"""Events: uploads told of 1 to 5 times, shuffled, 1 % lost: every one is in exactly one run, and sweep finds the lost.

`python -m tests.proofs.events --count 1000 --seed 1`: days of 200 uploads with the registry on DynamoDB Local
(`tests.proofs.days`); with `--whole` then 40 more through an embedded cloud's own bucket, queue and functions
(`tests.proofs.delivered`). `--count 0 --whole` is the cloud alone.
"""

import argparse
import sys
import time
from collections.abc import Mapping, Sequence

from tests.proofs import days, delivered, ledger

COUNT = 1_000


def main(arguments: Sequence[str]) -> int:
    """Prove it, and publish what was found; 1 where something was wrong."""
    asked = _asked(arguments)
    began, command = time.monotonic(), f"make events N={asked.count} SEED={asked.seed}"
    past = days.whole(asked.count, asked.seed) if asked.count else []
    clouds = [delivered.prove(asked.seed)] if asked.whole else []
    wrong = [f"seed {day.seed}: {said}" for day in past for said in day.wrong]
    again = [f"make events N={day.uploads} SEED={day.seed}" for day in past if day.wrong]
    wrong += [f"the cloud: {said}" for cloud in clouds for said in cloud.wrong]
    again += [f"make events N=0 SEED={asked.seed} WHOLE=1" for cloud in clouds if cloud.wrong]
    if wrong:
        print("", *wrong, *(f"repeat it: {command}" for command in again), sep="\n", file=sys.stderr)
        return 1
    seeds = f"{asked.seed}–{asked.seed + max(len(past), 1) - 1}"
    command += " WHOLE=1" if asked.whole else ""
    ledger.publish(ledger.Result("events", command, seeds, figures(past, clouds), time.monotonic() - began))
    return 0


def figures(past: Sequence[days.Outcome], clouds: Sequence[delivered.Outcome]) -> Mapping[str, str]:
    """What the days came to, and what came through the queue of a cloud, in words."""
    names = ("uploads", "deliveries", "lost", "runs") if past else ()
    told = {name: f"{sum(getattr(day, name) for day in past):,}" for name in names}
    for cloud in clouds:
        ends = ", ".join(f"{count} {end.partition(': ')[0]}" for end, count in cloud.ends.most_common())
        told["through a cloud's own queue"] = (
            f"{cloud.uploads} uploads, {cloud.deliveries} deliveries, {cloud.lost} lost, runs {ends}"
        )
    return told | {"violations": "0"}


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.proofs.events", description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT, help=f"uploads in all ({COUNT:,})")
    parser.add_argument("--seed", type=int, default=1, help="the first day's seed, and the cloud's (1)")
    parser.add_argument("--whole", action="store_true", help="through an embedded cloud as well")
    known, _ = parser.parse_known_args(arguments)
    return known


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
