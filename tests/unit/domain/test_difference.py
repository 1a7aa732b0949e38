"""Difference: what callers must change is told column by column, and nothing else is."""

from dataclasses import replace

import pytest

from shared.domain.difference import SAID, Changed, Difference, difference
from shared.domain.signature import Input, Output, Signature
from shared.domain.spec import Task
from shared.domain.spec.data import ColumnType

HOUR = Input("hour", ColumnType.INTEGER, feature=True, refuses=frozenset({"missing", "outside"}), min=0, max=23)
CARRIER = Input("carrier", ColumnType.CATEGORY, feature=True, refuses=frozenset({"unseen"}), values=("AA", "B6"))
NOTE = Input("note", ColumnType.TEXT, feature=False)
LATE = Output(Task.BINARY, "late", ("false", "true"), 0.4)
BEFORE = Signature((HOUR, CARRIER), LATE)


def test_equal_signatures_differ_in_nothing() -> None:
    assert difference(BEFORE, BEFORE) == Difference()
    assert difference(BEFORE, BEFORE).none


def test_the_order_of_columns_and_the_threshold_concern_no_caller() -> None:
    after = Signature((CARRIER, HOUR), replace(LATE, threshold=0.7))
    assert difference(BEFORE, after).none


def test_what_is_new_and_what_is_gone_is_told() -> None:
    seen = difference(BEFORE, Signature((HOUR, NOTE), LATE))
    assert (seen.added, seen.removed, seen.changed) == ((NOTE,), (CARRIER,), ())
    assert not seen.none


@pytest.mark.parametrize(
    ("column", "changed"),
    [
        (replace(HOUR, type=ColumnType.NUMBER), Changed("hour", "type", "integer", "number")),
        (replace(HOUR, feature=False), Changed("hour", "sent", "in every row", "in the rows that have it")),
        (replace(HOUR, refuses=frozenset({"outside"})), Changed("hour", "null", "refused", "taken")),
        (replace(HOUR, max=24), Changed("hour", "range", "from 0 to 23", "from 0 to 24")),
        (replace(HOUR, refuses=frozenset({"missing"})), Changed("hour", "range", "from 0 to 23", "any")),
    ],
)
def test_a_column_that_is_otherwise_says_what_it_was(column: Input, changed: Changed) -> None:
    assert difference(BEFORE, Signature((column, CARRIER), LATE)) == Difference(changed=(changed,))


def test_new_values_count_only_where_unseen_ones_are_refused() -> None:
    more = replace(CARRIER, values=("AA", "B6", "UA"))
    [changed] = difference(BEFORE, Signature((HOUR, more), LATE)).changed
    assert changed == Changed("carrier", "values", "one of 2: AA, B6", "one of 3: AA, B6, UA")
    kept = replace(CARRIER, refuses=frozenset())
    assert difference(Signature((kept,), LATE), Signature((replace(more, refuses=frozenset()),), LATE)).none


def test_an_answer_that_is_otherwise_says_what_it_was() -> None:
    after = Signature(BEFORE.inputs, Output(Task.REGRESSION, "arr_delay"))
    assert [(one.name, one.aspect) for one in difference(BEFORE, after).output] == [
        ("prediction", "task"),
        ("prediction", "column"),
        ("prediction", "classes"),
    ]


def test_a_difference_beyond_what_is_shown_is_still_one() -> None:
    many = replace(CARRIER, values=tuple(f"carrier {number}" for number in range(100)))
    fewer = replace(many, values=many.values[:-1])
    [changed] = difference(Signature((many,), LATE), Signature((fewer,), LATE)).changed
    assert changed.was != changed.now
    assert len(changed.was) <= SAID
