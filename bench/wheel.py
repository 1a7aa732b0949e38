"""The wheel against a bare script: from an upload's last byte to serving, in CPU and in wall seconds.

The search, the folds, the fit and the test rows are the same; the bare script (`bench/_bare.py`) does nothing else.
Both run in turn and with the niceness of a trainer, so that a busy machine is busy for both: three rounds, a ratio from
each, and their median. In the first round the cloud's workers are cold, as after `make up`; the script is a new process
each time.
"""

import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from bench import _processes
from bench._cloud import Cloud, cloud, until_serving
from bench._processes import Process
from samples.flights.data import BROKEN, make
from shared.documents import spec as document
from shared.domain.spec import Spec
from shared.engines import learning
from treadle.upload import upload

QUARTER = "january_to_march.csv"
SPEC = BROKEN.with_name("model.yaml").read_text()
ROUNDS = 3
NICENESS = "10"
"""What the embedded cloud gives to functions that may run long: among other people's work it decides the wall time."""

MOST_CPU, MOST_WALL = 1.6, 2.0
"""What the wheel may cost, in costs of the bare script."""


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU and wall seconds, the AUC on the test rows, and the CPU seconds by part."""

    cpu_s: float
    wall_s: float
    auc: float
    parts: Mapping[str, float] = field(default_factory=dict)


def main() -> None:
    """Measure three rounds and print them."""
    print(f"the wheel and a bare script in turn; {_processes.load()}", flush=True)
    with cloud() as here:
        file = make(here.folder, (QUARTER,))[QUARTER]
        plan = here.folder / "plan.json"
        plan.write_text(json.dumps(_plan(document.read(SPEC, "model.yaml"), file)))
        rounds = list(_rounds(here, file, plan))
    ratios = [(wheel.cpu_s / bare.cpu_s, wheel.wall_s / bare.wall_s) for wheel, bare in rounds]
    cpu, wall = median(cpu for cpu, _ in ratios), median(wall for _, wall in ratios)
    print(f"median ratio: {cpu:.2f} × CPU (at most {MOST_CPU}), {wall:.2f} × wall (at most {MOST_WALL})")
    print(f"afterwards: {_processes.load()}\n\nwhere the wheel's CPU seconds went, round by round")
    _print_parts([wheel for wheel, _ in rounds])


def _rounds(here: Cloud, file: Path, plan: Path) -> Iterator[tuple[Cost, Cost]]:
    """The wheel, the script, the wheel, …; a line a round."""
    print(
        f"{'round':>5} {'wheel CPU':>10} {'bare CPU':>9} {'ratio':>6} {'wheel wall':>11} {'bare wall':>10} {'ratio':>6}"
    )
    for number in range(1, ROUNDS + 1):
        wheel, bare = _wheel(here, f"flights-{number}", file), _bare(plan)
        cpu = f"{wheel.cpu_s:8.1f} s {bare.cpu_s:7.1f} s {wheel.cpu_s / bare.cpu_s:6.2f}"
        wall = f"{wheel.wall_s:9.1f} s {bare.wall_s:8.1f} s {wheel.wall_s / bare.wall_s:6.2f}"
        print(f"{number:5} {cpu} {wall}   AUC {wheel.auc:.4f} and {bare.auc:.4f}", flush=True)
        yield wheel, bare


def _plan(spec: Spec, file: Path) -> Mapping[str, object]:
    """The spec's search in plain words, so that the script tries the same candidates on the same rows."""
    costs = spec.evaluate.threshold and spec.evaluate.threshold.cost
    return {
        "file": str(file),
        "candidates": [(each.family, dict(each.parameters)) for each in learning.candidates(spec)],
        "rungs": [(rung.share, rung.keep) for rung in learning.rungs(spec)],
        "folds": spec.train.search.folds,
        "seed": spec.train.search.seed,
        "costs": (costs.false_positive, costs.false_negative) if costs else (1, 1),
    }


def _wheel(here: Cloud, model: str, file: Path) -> Cost:
    """A model of its own, so that each round is a first version; the clock starts with the last byte."""
    here.client.apply(SPEC.replace("model: flights", f"model: {model}", 1))
    left = file.stat().st_size
    began: list[tuple[datetime, Mapping[int, Process]]] = []

    def gone(count: int) -> None:
        nonlocal left
        left -= count
        if left <= 0 and not began:
            began.append((datetime.now(UTC), _processes.tree(here.process)))

    upload(here.client.profile, model, file, gone)
    serves = until_serving(here.client, model)
    [(at, before)] = began
    parts = _parts(_processes.spent(before, _processes.tree(here.process)))
    auc = here.client.get(f"/models/{model}/versions/1")["score"]
    return Cost(sum(parts.values()), (serves - at).total_seconds(), auc, parts)


def _bare(plan: Path) -> Cost:
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    began = time.perf_counter()
    command = ["nice", "-n", NICENESS, sys.executable, "-m", "bench._bare", str(plan)]
    said = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    took = time.perf_counter() - began
    found = json.loads(said)
    return Cost(found["cpu_s"], took, found["roc_auc"])


def _parts(spent: Mapping[tuple[str, ...], float]) -> Mapping[str, float]:
    parts: dict[str, float] = defaultdict(float)
    for words, seconds in spent.items():
        parts[_part(words)] += seconds
    return parts


def _part(words: Sequence[str]) -> str:
    """`functions.train.handler.handle` → train; else the module or program that runs."""
    named = (word for word in words if word.startswith(("functions.", "local.")) or word.endswith("java"))
    module = next(named, "supervisor")
    return "DynamoDB Local" if module.endswith("java") else module.removeprefix("functions.").partition(".handler")[0]


def _print_parts(costs: Sequence[Cost]) -> None:
    names = sorted(costs[0].parts, key=lambda name: -costs[0].parts[name])
    for name in names:
        print(f"  {name:18}" + "".join(f"{cost.parts.get(name, 0.0):8.2f}" for cost in costs))


if __name__ == "__main__":
    main()
