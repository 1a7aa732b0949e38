"""Two data versions side by side: what became of each column, the furthest first."""

import math
from collections.abc import Mapping

import pytest

from shared.domain.contrast import MOST_LEVELS, ColumnContrast, ColumnSide, How, Level, Seen, contrast
from shared.domain.profile import ColumnProfile, Numbers, Profile, categories
from shared.domain.spec import Spec
from tests import examples

TARGET = categories({"0": 6, "1": 4})
MILES = Numbers((20.0, 30.0), (2, 3, 4), 1, (10.0, 20.0, 30.0, 40.0), (0, 2, 5, 8))


def columns(**of: object) -> Spec:
    """A spec with these columns."""
    return examples.spec(data={"columns": of})


def seen(spec: Spec, counted: Mapping[str, ColumnProfile], target: ColumnProfile = TARGET) -> Seen:
    """A data version of ten rows."""
    return Seen(spec, Profile(10, counted, target))


def found(was: Seen, now: Seen) -> dict[str, ColumnContrast]:
    """Each column by name, in order."""
    return {each.name: each for each in contrast(was, now)}


def test_a_column_is_gone_added_of_another_type_or_kept_and_is_told_in_this_order() -> None:
    was = seen(columns(same="category", other="category", old="number"), {"same": categories({"a": 10})})
    now = seen(columns(same="category", new="number", other="integer"), {"same": categories({"a": 10})})
    assert [(each.name, each.how) for each in found(was, now).values()] == [
        ("old", How.GONE),
        ("new", How.ADDED),
        ("other", How.RETYPED),
        ("same", How.KEPT),
        ("late", How.KEPT),
    ]


def test_columns_that_were_kept_come_in_the_order_of_how_far_they_moved() -> None:
    spec = columns(still="category", far="category", text="text")
    was = seen(spec, {"still": categories({"a": 10}), "far": categories({"a": 9, "b": 1})})
    now = seen(spec, {"still": categories({"a": 10}), "far": categories({"a": 2, "b": 8})})
    assert [(each.name, each.psi) for each in found(was, now).values()] == [
        ("far", pytest.approx(0.7 * math.log(4.5) + 0.7 * math.log(8))),
        ("still", 0.0),
        ("late", 0.0),
        ("text", None),
    ]


def test_each_side_says_its_range_or_levels_and_the_share_of_missing_cells() -> None:
    spec = columns(miles="number", carrier="category")
    one = seen(spec, {"miles": MILES, "carrier": categories({"AA": 5, "UA": 3}, missing=2)})
    sides = found(one, one)
    assert sides["miles"].now == ColumnSide("number", 0.1, 10.0, 40.0)
    assert sides["carrier"].was == ColumnSide("category", 0.2, levels=2)


def test_values_that_only_one_side_has_are_told_with_their_shares() -> None:
    spec = columns(carrier="category")
    was, now = (seen(spec, {"carrier": categories(each)}) for each in ({"AA": 9, "OO": 1}, {"AA": 6, "ZZ": 3, "YY": 1}))
    carrier = found(was, now)["carrier"]
    assert (carrier.new, carrier.gone) == ((Level("ZZ", 0.3), Level("YY", 0.1)), (Level("OO", 0.1),))


def test_of_many_new_values_the_most_frequent_are_told() -> None:
    spec = columns(tail="category")
    many = {f"N{number}": 100 - number for number in range(50)}
    carrier = found(seen(spec, {"tail": categories({"X": 1})}), seen(spec, {"tail": categories(many)}))["tail"]
    assert [level.value for level in carrier.new] == [f"N{number}" for number in range(MOST_LEVELS)]


def test_a_target_with_another_limit_is_another_target() -> None:
    was, now = (examples.spec(data={"target": {"column": "late", "above": limit}}) for limit in (15, 30))
    late = found(seen(was, {}), seen(now, {}))["late"]
    assert (late.how, late.psi) == (How.RETYPED, None)
    assert [side and side.type for side in (late.was, late.now)] == ["binary target above 15", "binary target above 30"]


def test_a_derived_column_says_what_it_is_made_of() -> None:
    spec = examples.spec(data={"columns": {"at": "timestamp"}, "time": "at", "derive": {"clock": {"hour": "at"}}})
    clock = found(seen(spec, {"clock": categories({"7": 10})}), seen(spec, {"clock": categories({"7": 10})}))["clock"]
    assert clock.now == ColumnSide("hour of at", 0.0, levels=1)
