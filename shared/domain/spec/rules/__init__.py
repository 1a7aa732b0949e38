"""What holds between settings: rules that no section can check alone, each with the sections that it reads."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from shared.domain.errors import Problem
from shared.domain.spec.rules import candidates, captured, columns, gates, names, rollout
from shared.domain.spec.whole import Spec


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule is asked when every section that it reads is well-formed."""

    reads: frozenset[str]
    broken: Callable[[Spec], Iterable[Problem]]


def _reading(*sections: str) -> frozenset[str]:
    return frozenset(sections)


RULES = (
    Rule(_reading("data"), lambda spec: names.said_once(spec.data)),
    Rule(_reading("data"), lambda spec: names.derived(spec.data)),
    Rule(_reading("data"), lambda spec: names.key(spec.data)),
    Rule(_reading("data"), lambda spec: names.time(spec.data)),
    Rule(_reading("data"), lambda spec: columns.of_their_type(spec.data)),
    Rule(_reading("data"), lambda spec: columns.learned(spec.data)),
    Rule(_reading("data", "task"), lambda spec: columns.target(spec.data.target, spec.task)),
    Rule(_reading("train", "task"), lambda spec: candidates.known(spec.train, spec.task)),
    Rule(_reading("train", "task"), lambda spec: candidates.tried(spec.train)),
    Rule(_reading("metric", "task"), lambda spec: gates.metric(spec.metric, spec.task)),
    Rule(_reading("evaluate", "task"), lambda spec: gates.limits(spec.evaluate, spec.task)),
    Rule(_reading("evaluate", "task"), lambda spec: gates.threshold(spec.evaluate, spec.task)),
    Rule(_reading("evaluate", "data"), lambda spec: gates.groups(spec.evaluate, spec.data)),
    Rule(_reading("deploy"), lambda spec: rollout.rising(spec.deploy)),
    Rule(_reading("monitor"), lambda spec: captured.looks_back(spec.monitor)),
    Rule(_reading("data", "predict", "monitor"), lambda spec: captured.private(spec.data, spec.predict, spec.monitor)),
    Rule(_reading("notify"), lambda spec: names.told_once(spec.notify)),
)


def broken(spec: Spec, sound: frozenset[str], given: Mapping[str, object]) -> Iterable[Problem]:
    """Every problem between the sound sections of a spec; `given` shows units as they were written."""
    if "evaluate" in sound:
        yield from gates.units(given.get("evaluate"))
    for rule in RULES:
        if rule.reads <= sound:
            yield from rule.broken(spec)
