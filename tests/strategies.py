"""What a property may start from: any spec that the grammar allows."""

from collections.abc import Mapping

from hypothesis import strategies as st

from shared.domain.scores import METRICS
from shared.domain.spec import Spec, Task, resolve
from shared.domain.spec.families import FAMILIES, Either, Kind, Real, Switch, Whole, Word
from tests.strategies_data import NAMES, Plain, columns_of_any_type, data_sections, durations, kind_of, numbers, shares

Settings = st.SearchStrategy[Plain]


def specs() -> st.SearchStrategy[Spec]:
    """Any spec, resolved."""
    return plain_specs().map(resolve)


@st.composite
def plain_specs(draw: st.DrawFn) -> Plain:
    """Any spec as plain data, as a person may have written it: settings left out, short forms, units."""
    task = draw(st.sampled_from(Task))
    columns = draw(st.dictionaries(st.sampled_from(NAMES), columns_of_any_type(), min_size=1, max_size=6)) | {
        "size": "number"
    }
    data = draw(data_sections(task, columns))
    optional = {
        "about": st.text(max_size=30),
        "metric": st.sampled_from(METRICS[task]),
        "train": _trains(task),
        "evaluate": _evaluates(task, columns),
        "deploy": _deploys(),
        "predict": st.fixed_dictionaries({}, optional={"capture": shares(0, 100), "keep": durations()}),
        "monitor": _monitors(),
        "retire": st.fixed_dictionaries({}, optional={"drain": durations(0), "purge": durations()}),
    }
    owners = st.lists(st.sampled_from(("email:a@b.c", "slack:ml", "sms:+4915550100")), min_size=1, unique=True)
    fixed = {"notify": st.fixed_dictionaries({"owners": owners}, optional={"on_call": owners})}
    return {
        "spec": 1,
        "model": draw(st.from_regex("[a-z][a-z0-9-]{0,39}", fullmatch=True)),
        "task": task.value,
        "data": data,
        **draw(st.fixed_dictionaries(fixed, optional=optional)),
    }


def _trains(task: Task) -> Settings:
    families = st.sampled_from(sorted(FAMILIES[task]))
    candidates = st.lists(families, min_size=1, max_size=3, unique=True).flatmap(
        lambda chosen: st.fixed_dictionaries({family: _candidate(task, family) for family in chosen})
    )
    methods = st.sampled_from(("random", "halving"))
    search = st.fixed_dictionaries(
        {"trials": st.integers(3, 200)}, optional={"method": methods, "folds": st.integers(2, 10), "seed": st.just(7)}
    )
    optional = {"at_most": st.just("4/day"), "search": search | methods, "candidates": candidates}
    return st.fixed_dictionaries({}, optional=optional)


def _candidate(task: Task, family: str) -> Settings:
    optional = {name: _parameters(kind) for name, kind in FAMILIES[task][family].items()}
    return st.fixed_dictionaries({}, optional=optional)


def _scalars(kind: Kind) -> st.SearchStrategy[object]:
    match kind:
        case Whole(low, high):
            return st.integers(low, high)
        case Real(low, high):
            return st.floats(low, high)
        case Word(words):
            return st.sampled_from(words)
        case Switch():
            return st.booleans()
        case Either(one, other):
            return _scalars(one) | _scalars(other)


def _parameters(kind: Kind) -> st.SearchStrategy[object]:
    """A fixed value, a choice, or (of numbers) a range."""
    scalars = _scalars(kind)
    choices = scalars | st.lists(scalars, min_size=1, max_size=3, unique=True)
    if not isinstance(kind, Whole | Real):
        return choices
    whole_or_real = st.integers(kind.low, kind.high) if isinstance(kind, Whole) else st.floats(kind.low, kind.high)
    ends = st.lists(whole_or_real, min_size=2, max_size=2, unique=True)
    return choices | ends.map(lambda pair: {"from": min(pair), "to": max(pair)})


@st.composite
def _evaluates(draw: st.DrawFn, task: Task, columns: Mapping[str, object]) -> Plain:
    optional: dict[str, st.SearchStrategy[object]] = {"test": shares(1, 50), "gates": _gates(task)}
    if task is Task.BINARY:
        costs = st.fixed_dictionaries({"false_positive": numbers(0.01, 99), "false_negative": numbers(0.01, 99)})
        optional["threshold"] = numbers(0, 1) | costs.map(lambda cost: {"cost": cost})
    if groups := [name for name, column in columns.items() if kind_of(column) == "category"]:
        optional["slices"] = st.fixed_dictionaries({"by": st.just(groups), "may_lag": numbers(0, 1)})
    return draw(st.fixed_dictionaries({}, optional=optional))


def _gates(task: Task) -> Settings:
    leading = {
        Task.BINARY: {"roc_auc": st.fixed_dictionaries({"min": numbers(0, 1)}, optional={"may_lose": numbers(0, 1)})},
        Task.MULTICLASS: {"accuracy": st.fixed_dictionaries({"min": numbers(0, 1), "must_gain": numbers(0, 1)})},
        Task.REGRESSION: {"rmse": st.fixed_dictionaries({"max": numbers(0, 1e6)})},
    }
    latency = st.integers(1, 9999).map(lambda limit: {"max": f"{limit}ms"})
    size = st.decimals(1, 500, places=4).map(lambda limit: {"max": f"{limit}MB"})
    return st.fixed_dictionaries({}, optional={**leading[task], "latency_p99": latency, "size": size})


def _deploys() -> Settings:
    approval = st.fixed_dictionaries({"by": st.just(["ml-leads"]), "within": durations()})
    shadow = st.fixed_dictionaries({"shadow": durations()}).map(lambda step: [step])
    rising = st.lists(st.integers(1, 99), unique=True, max_size=4).map(sorted)
    canary = st.builds(lambda each, bake: [{"share": f"{share}%", "bake": bake} for share in each], rising, durations())
    steps = st.builds(lambda first, then: [*first, *then], shadow | st.just([]), canary)
    judge = st.fixed_dictionaries({}, optional={"false_alarms": shares(1, 99), "unsure": st.just("promote")})
    return st.fixed_dictionaries({}, optional={"approval": approval | st.just("none"), "steps": steps, "judge": judge})


def _monitors() -> Settings:
    hours = st.integers(1, 48)
    reactions = st.sampled_from(("tell", "retrain", "roll_back"))
    windows = st.builds(lambda every, more: {"every": f"{every}h", "window": f"{every + more}h"}, hours, hours)
    return st.builds(
        lambda window, rest: {**window, **rest},
        windows,
        st.fixed_dictionaries({}, optional={"outcomes": durations(0), "on_drift": reactions, "on_drop": reactions}),
    )
