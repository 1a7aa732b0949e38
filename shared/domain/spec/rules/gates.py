"""Gates: metrics that the task has, limits that they can reach and that point the right way, groups that exist."""

from collections.abc import Iterator, Mapping
from math import inf

from shared.domain.errors import Problem
from shared.domain.scores import BETTER, COSTS, METRICS, Better
from shared.domain.spec.data import ColumnType, Data
from shared.domain.spec.evaluate import UNITS, Evaluate, Gate, unit_of
from shared.domain.spec.problems import listed, meant, problem, repeated
from shared.domain.spec.task import Task

SPANS: Mapping[str, tuple[float, float]] = {
    **dict.fromkeys(
        ("roc_auc", "average_precision", "brier", "accuracy", "precision", "recall", "f1", "macro_f1"), (0, 1)
    ),
    **dict.fromkeys(("log_loss", "rmse", "mae", "latency_p99", "size", "parity"), (0, inf)),
    "r2": (-inf, 1),
}
"""The values that a metric can have."""


def metric(name: str, task: Task) -> Iterator[Problem]:
    """The leading metric is one of the task's."""
    if name not in METRICS[task]:
        expected, fix = listed(METRICS[task]), meant(name, METRICS[task])
        yield problem(("metric",), f"no metric of a {task} task", got=name, expected=expected, fix=fix)


def units(evaluate: object) -> Iterator[Problem]:
    """Grammar 2: a limit carries the unit of its metric, as it was written; a metric without a unit has none."""
    gates = evaluate.get("gates") if isinstance(evaluate, Mapping) else None
    for name, gate in gates.items() if isinstance(gates, Mapping) else ():
        allowed = UNITS[name][1] if name in UNITS else {"": 1.0}
        for rule, limit in gate.items() if isinstance(gate, Mapping) else ():
            if unit_of(limit) not in allowed or (name in UNITS and isinstance(limit, str) and "%" in limit):
                expected = f"a number with {' or '.join(allowed)}" if name in UNITS else "a number without a unit"
                yield problem(
                    ("evaluate", "gates", name, rule), "not in the metric's unit", got=limit, expected=expected
                )


def limits(evaluate: Evaluate, task: Task) -> Iterator[Problem]:
    """Every gate names a metric of the task or a cost, with limits that make sense for it."""
    known = (*METRICS[task], *COSTS)
    for name, gate in evaluate.gates.items():
        where = ("evaluate", "gates", name)
        if name not in known:
            fix = meant(name, known)
            yield problem(where, f"no metric of a {task} task", got=name, expected=listed(known), fix=fix)
        elif not gate.limits:
            yield problem(
                where, "a gate without a limit", expected=listed(Gate.model_fields), fix="write one, or take it out"
            )
        else:
            yield from _absolute(name, gate)
            yield from _relative(name, gate)


def threshold(evaluate: Evaluate, task: Task) -> Iterator[Problem]:
    """Only a yes or no has a threshold."""
    if evaluate.threshold is not None and task is not Task.BINARY:
        yield problem(("evaluate", "threshold"), f"a threshold of a {task} task", expected="none", fix="take it out")


def groups(evaluate: Evaluate, data: Data) -> Iterator[Problem]:
    """Groups are the values of categories that callers send."""
    if evaluate.slices is None:
        return
    categories = [name for name, column in data.columns.items() if column.type is ColumnType.CATEGORY]
    yield from repeated(evaluate.slices.by, ("evaluate", "slices", "by"))
    for place, name in enumerate(evaluate.slices.by):
        where = ("evaluate", "slices", "by", place)
        if name not in categories:
            got = f"{name}: {data.columns[name].type}" if name in data.columns else name
            fix = meant(name, categories, "choose a category of data.columns")
            yield problem(where, "not a category that callers send", got=got, expected=listed(categories), fix=fix)


def _absolute(name: str, gate: Gate) -> Iterator[Problem]:
    where, (low, high) = ("evaluate", "gates", name), SPANS[name]
    for rule, limit in (("min", gate.min), ("max", gate.max)):
        if limit is not None and not low <= limit <= high:
            yield problem((*where, rule), "a limit that is never reached", got=limit, expected=_span(low, high))
    if gate.min is not None and gate.max is not None and gate.min > gate.max:
        expected = f"min up to max, which is {gate.max:g}"
        yield problem((*where, "min"), "nothing is in between", got=gate.min, expected=expected, fix="swap them")
    wrong, right = ("max", "min") if BETTER[name] is Better.HIGHER else ("min", "max")
    # Both ends together are a band, such as a guard against a leak that looks too good.
    if getattr(gate, wrong) is not None and getattr(gate, right) is None:
        detail, got = f"a limit on the good side: {BETTER[name]} is better", getattr(gate, wrong)
        yield problem((*where, wrong), detail, got=got, expected=right, fix=f"write {right}, or both")


def _relative(name: str, gate: Gate) -> Iterator[Problem]:
    where, (low, high) = ("evaluate", "gates", name), SPANS[name]
    for rule, limit in (("may_lose", gate.may_lose), ("must_gain", gate.must_gain)):
        if limit is not None and limit > high - low:
            yield problem(
                (*where, rule), "a distance that is never reached", got=limit, expected=f"at most {high - low:g}"
            )
    if gate.may_lose is not None and gate.must_gain is not None:
        yield problem((*where, "may_lose"), "beside must_gain, which asks for more", got=gate.may_lose, fix="keep one")


def _span(low: float, high: float) -> str:
    return f"{low:g} or more" if high == inf else f"at most {high:g}" if low == -inf else f"from {low:g} to {high:g}"
