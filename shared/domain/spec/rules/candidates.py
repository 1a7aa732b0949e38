"""Candidates: families and parameters that can be trained for the task and exported."""

from collections.abc import Iterator

from shared.domain.errors import Problem
from shared.domain.spec.families import FAMILIES, Kind, Parameters
from shared.domain.spec.problems import listed, meant, problem, repeated
from shared.domain.spec.task import Task
from shared.domain.spec.train import Parameter, Range, Train

Place = tuple[object, ...]


def known(train: Train, task: Task) -> Iterator[Problem]:
    """Every family is one for the task, with parameters that it has, in values that they take."""
    for family, parameters in train.candidates.items():
        where = ("train", "candidates", family)
        if (table := FAMILIES[task].get(family)) is None:
            detail, fix = f"no candidate for a {task} task", meant(family, FAMILIES[task])
            yield problem(where, detail, got=family, expected=listed(FAMILIES[task]), fix=fix)
            continue
        for name, parameter in parameters.items():
            yield from _parameter(table, name, parameter, where)


def tried(train: Train) -> Iterator[Problem]:
    """There is at least one trial for every family."""
    families = len(train.candidates)
    if train.search.trials < families:
        where, got = ("train", "search", "trials"), train.search.trials
        yield problem(where, "too few trials", got=got, expected=f"at least one a family: {families}")


def _parameter(table: Parameters, name: str, parameter: Parameter, family: Place) -> Iterator[Problem]:
    where = (*family, name)
    if (kind := table.get(name)) is None:
        yield problem(
            where, "an unknown parameter", got=name, expected=listed(table), fix=meant(name, table, "take it out")
        )
    elif isinstance(parameter, Range):
        yield from _range(kind, parameter, where)
    elif isinstance(parameter, tuple):
        yield from repeated(parameter, where)
        for place, value in enumerate(parameter):
            if not kind.takes(value):
                yield problem(
                    (*where, place), "a value that the parameter does not take", got=value, expected=kind.expected
                )
    elif not kind.takes(parameter):
        yield problem(where, "a value that the parameter does not take", got=parameter, expected=kind.expected)


def _range(kind: Kind, given: Range, where: Place) -> Iterator[Problem]:
    for name, end in (("from", given.low), ("to", given.high)):
        if not kind.takes(end):
            yield problem((*where, name), "a value that the parameter does not take", got=end, expected=kind.expected)
    if given.low >= given.high:
        got, expected = given.low, f"less than to, which is {given.high}"
        yield problem(
            (*where, "from"), "a range of nothing", got=got, expected=expected, fix="write one value, or swap"
        )
    if given.scale == "log" and given.low <= 0:
        fix = "write scale: linear, or a higher from"
        yield problem((*where, "from"), "no factor leads away from here", got=given.low, expected="above 0", fix=fix)
