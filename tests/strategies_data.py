"""What a property may start from, section data: columns of every type with settings that fit it, and a target."""

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from shared.domain.spec import Task
from shared.domain.spec.rules.columns import FILLS

Plain = dict[str, object]

NAMES = tuple(f"{word}_{number}" for number in range(4) for word in ("amount", "place", "moment", "note"))
TYPES = ("integer", "number", "category", "timestamp", "text")


def numbers(low: float = -1e6, high: float = 1e6) -> st.SearchStrategy[float]:
    """Finite numbers."""
    return st.floats(low, high, allow_nan=False)


def shares(low: int, high: int) -> st.SearchStrategy[str]:
    """Shares with their percent sign."""
    return st.decimals(low, high, places=3, allow_nan=False).map(lambda share: f"{share}%")


def durations(least: int = 1) -> st.SearchStrategy[str]:
    """Times in whole units."""
    return st.builds("{}{}".format, st.integers(least, 300), st.sampled_from("smhd"))


def _fills(setting: str, kind: str, value: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    words = FILLS[setting][next(known for known in FILLS[setting] if known == kind)] - {"value"}
    return st.sampled_from(sorted(words)) | (
        value.map(lambda fixed: {"value": fixed}) if len(words) > 2 else st.nothing()
    )


@st.composite
def columns_of_any_type(draw: st.DrawFn) -> object:
    """A column in its short form, or with settings that fit its type."""
    kind = draw(st.sampled_from(TYPES))
    if draw(st.booleans()):
        return kind
    optional: dict[str, st.SearchStrategy[object]] = {}
    column: Plain = {"type": kind}
    if kind in ("integer", "number"):
        low, high = sorted(draw(st.tuples(st.integers(-99, 99), st.integers(-99, 99))))
        column |= {"min": low, "max": high}
        within = st.integers(low, high)
        optional = {"missing": _fills("missing", kind, within), "outside": _fills("outside", kind, within)}
    elif kind == "category":
        values = draw(st.lists(st.text(min_size=1, max_size=4), min_size=1, max_size=4, unique=True))
        column |= {"values": values}
        fixed = st.sampled_from(values)
        optional = {"missing": _fills("missing", kind, fixed), "unseen": _fills("unseen", kind, fixed)}
    return column | draw(st.fixed_dictionaries({}, optional=optional))


def kind_of(column: object) -> str:
    """A column's type, from either form."""
    return str(column["type"]) if isinstance(column, Mapping) else str(column)


def _of(columns: Mapping[str, object], *kinds: str) -> Sequence[str]:
    """Columns of these types in which every row has a value."""
    return [
        name
        for name, column in columns.items()
        if kind_of(column) in kinds
        and not (isinstance(column, Mapping) and column.get("missing", "reject") != "reject")
    ]


@st.composite
def data_sections(draw: st.DrawFn, task: Task, columns: Mapping[str, object]) -> Plain:
    """A section data around these columns."""
    above = {"above": numbers()} if task is Task.BINARY else {}
    target = st.fixed_dictionaries({"column": st.just("outcome")}, optional={"missing": st.just("skip"), **above})
    later = st.lists(st.sampled_from(("later", "latest")), unique=True)
    short: st.SearchStrategy[object] = st.just("outcome")
    data: Plain = {"columns": dict(columns), "target": draw(short | target), "after": draw(later)}
    if draw(st.booleans()):
        data |= {"uploads": "replace", "ignore": ["noise"], "checks": {"rows": 200, "rejected": draw(shares(0, 100))}}
    if keys := _of(columns, "integer", "category", "text", "timestamp"):
        data["key"] = [draw(st.sampled_from(keys))]
    if moments := _of(columns, "timestamp"):
        moment = draw(st.sampled_from(moments))
        data["time"] = draw(st.sampled_from((moment, {"column": moment, "zone": "America/New_York"})))
        data["derive"] = {"of_day": {"hour": moment}, "of_week": {"weekday": moment}}
    return data
