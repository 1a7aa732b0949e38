"""A file's header against a spec: each column of the file is said exactly once."""

from collections import Counter
from collections.abc import Iterator, Sequence

from shared.domain.errors import Problem
from shared.domain.spec.problems import listed, meant, problem
from shared.domain.spec.rules.names import said
from shared.domain.spec.whole import Spec


def columns_said(spec: Spec, header: Sequence[str]) -> tuple[Problem, ...]:
    """Every problem between the spec and a file's header: none when each column of the file is said once."""
    return (*missing(spec, header), *unknown(spec, header))


def missing(spec: Spec, header: Sequence[str]) -> Iterator[Problem]:
    """Columns that the file must have: those that callers send, and the target; others may be absent."""
    places = dict(said(spec.data))
    unsaid = [name for name in header if name not in places]
    for name in (*spec.data.columns, spec.data.target.column):
        if name not in header:
            fix = meant(name, unsaid, "add it to the file, or take it out of the spec")
            yield problem(
                places[name], "a column that the file does not have", got=name, expected=listed(header), fix=fix
            )


def unknown(spec: Spec, header: Sequence[str]) -> Iterator[Problem]:
    """Columns of the file that the spec does not say, or that stand in the file twice."""
    places = dict(said(spec.data))
    absent = [name for name in places if name not in header]
    for name, times in Counter(header).items():
        if name not in places:
            fix = meant(name, absent, "add it to data.columns, data.after or data.ignore")
            expected = "a column of the spec"
            yield problem(
                ("data",), "a column of the file that the spec does not say", got=name, expected=expected, fix=fix
            )
        if times > 1:
            fix = "rename or drop one in the file"
            yield problem(
                ("data",), f"a column that stands in the file {times} times", got=name, expected="once", fix=fix
            )
