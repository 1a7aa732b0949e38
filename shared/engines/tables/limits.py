"""The limits below which a data version is nothing to learn from; the spec's own, and two of the platform's."""

from collections.abc import Sequence

import numpy as np

from shared.domain.dataset import Reject
from shared.domain.errors import DataRejected, Problem
from shared.domain.spec import Spec, Task
from shared.domain.split import Side
from shared.engines.tables.columns import Array

TEST_ROWS = 200
TEST_ROWS_OF_A_CLASS = 20


def hold_rejected(spec: Spec, rows: int, bad: int, rejects: Sequence[Reject]) -> None:
    """Raise too_many_rejected, with the first bad cells, above the spec's share of the upload's rows."""
    allowed = spec.data.checks.rejected.max
    if bad > allowed * rows:
        found = f"{bad:,} of {rows:,} rows ({bad / rows:.1%}) do not fit the spec"
        detail = f"{found}; data.checks.rejected allows {allowed:.1%}"
        raise DataRejected("too_many_rejected", detail, *map(_problem, rejects))


def hold_rows(spec: Spec, rows: int) -> None:
    """Raise too_few_rows below the spec's number of rows of the data version."""
    least = spec.data.checks.rows.min
    if rows < least:
        detail = f"the data version has {rows:,} rows; data.checks.rows asks for {least:,}"
        raise _few(
            "too_few_rows", detail, rows, f"at least {least:,} rows", "upload more rows, or lower data.checks.rows.min"
        )


def hold_outcomes(outcomes: int) -> None:
    """Raise too_few_rows where no row has an outcome."""
    if not outcomes:
        raise _few(
            "too_few_rows", "no row has an outcome", 0, "rows with an outcome", "upload rows whose target is known"
        )


def hold_split(spec: Spec, target: Array, sides: Array, classes: Sequence[str]) -> None:
    """Raise one_class where training rows have but one, too_few_test_rows where a verdict could not be held up."""
    if not np.any(sides == Side.TRAIN):
        raise _few(
            "too_few_rows", "no row is left to learn from", 0, "rows older than the cut", "upload older rows too"
        )
    test = target[sides == Side.TEST]
    if spec.task is not Task.REGRESSION:
        learned = np.unique(target[sides == Side.TRAIN])
        if len(learned) < 2:
            shown = classes[int(learned[0])]
            detail = f"the training rows hold one class only: {shown}"
            raise _few(
                "one_class",
                detail,
                len(learned),
                "at least two classes",
                "upload rows of the other classes, older than the test rows",
            )
        for code in np.unique(target[sides != Side.SKIPPED]):
            _hold_test(int(np.sum(test == code)), TEST_ROWS_OF_A_CLASS, f"test rows of class {classes[int(code)]}")
    _hold_test(len(test), TEST_ROWS, "test rows")


def _hold_test(got: int, least: int, what: str) -> None:
    if got < least:
        fix = "upload newer rows with outcomes: older ones may have been learned from"
        raise _few(
            "too_few_test_rows", f"{got:,} {what}, at least {least:,} are needed", got, f"at least {least:,}", fix
        )


def _few(code: str, detail: str, got: int, expected: str, fix: str) -> DataRejected:
    return DataRejected(code, detail, Problem("", detail[:99], f"{got:,}", expected, fix))


def _problem(reject: Reject) -> Problem:
    """The pointer of a problem with data is the column, empty where the line is none."""
    detail = "a bad cell" if reject.column else "a bad line"
    return Problem(reject.column, detail, reject.got, reject.expected, "correct it and upload again", reject.line)
