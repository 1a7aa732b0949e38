"""Names: each column is said once, and whatever names a column names one that is there and of the right type."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from shared.domain.errors import Problem
from shared.domain.spec.data import ColumnType, Data
from shared.domain.spec.notify import Notify
from shared.domain.spec.problems import meant, pointer, problem, repeated

Place = tuple[object, ...]


def said(data: Data) -> Iterator[tuple[str, Place]]:
    """Each column of the file with the place where the spec says it."""
    yield from ((name, ("data", "columns", name)) for name in data.columns)
    yield data.target.column, ("data", "target", "column")
    yield from ((name, ("data", "after", place)) for place, name in enumerate(data.after))
    yield from ((name, ("data", "ignore", place)) for place, name in enumerate(data.ignore))


def said_once(data: Data) -> Iterator[Problem]:
    """Grammar 7. Names that differ in case alone are one name: SQL does not tell them apart."""
    first: dict[str, tuple[str, Place]] = {}
    for name, place in said(data):
        before, where = first.setdefault(name.casefold(), (name, place))
        if where == place:
            continue
        fix = f"keep it here or at {pointer(*where)}"
        if before == name:
            yield problem(place, "a column that is said twice", got=name, expected="each column once", fix=fix)
        else:
            expected = f"names that differ in more than case from {before}"
            yield problem(place, "one name for two columns", got=name, expected=expected, fix="rename one in the file")


def derived(data: Data) -> Iterator[Problem]:
    """A derived feature has a name of its own, and reads a timestamp that callers send."""
    known = {name.casefold() for name, _ in said(data)}
    for name, derivation in data.derive.items():
        if name.casefold() in known:
            where, expected = ("data", "derive", name), "a name that no column has"
            yield problem(where, "a feature with a column's name", got=name, expected=expected, fix="rename it")
        for operator, column in derivation.items():
            yield from _sent(data, column, ("data", "derive", name, operator.value), frozenset({ColumnType.TIMESTAMP}))


def key(data: Data) -> Iterator[Problem]:
    """A key names rows: columns that callers send, never empty, never left out of what is captured."""
    named = frozenset(ColumnType) - {ColumnType.NUMBER}
    yield from repeated(data.key, ("data", "key"))
    for place, name in enumerate(data.key):
        where = ("data", "key", place)
        yield from _sent(data, name, where, named)
        yield from _never_empty(data, name, "a key")
        if name in data.columns and data.columns[name].private == "omit":
            setting = ("data", "columns", name, "private")
            yield problem(setting, "a key that is not captured", got="omit", expected="hash", fix="write private: hash")


def time(data: Data) -> Iterator[Problem]:
    """The time column is a timestamp that callers send as it is, never empty, in a zone that exists."""
    if data.time is None:
        return
    name = data.time.column
    yield from _sent(data, name, ("data", "time", "column"), frozenset({ColumnType.TIMESTAMP}))
    yield from _never_empty(data, name, "the time column")
    if name in data.columns and (private := data.columns[name].private):
        fix = "take private out: event time is read from what is captured"
        yield problem(("data", "columns", name, "private"), "a time that nobody can read", got=private, fix=fix)
    if not _is_zone(data.time.zone):
        zones = {"UTC"} | available_timezones()
        expected, fix = "a name of the IANA time zone database", meant(data.time.zone, zones, "such as Europe/Berlin")
        yield problem(("data", "time", "zone"), "an unknown time zone", got=data.time.zone, expected=expected, fix=fix)


def told_once(notify: Notify) -> Iterator[Problem]:
    """Nobody is named twice in one list."""
    for group, recipients in (("owners", notify.owners), ("on_call", notify.on_call)):
        yield from repeated(recipients, ("notify", group))


def _sent(data: Data, name: str, where: Place, types: frozenset[ColumnType]) -> Iterator[Problem]:
    """A problem when the name is no column that callers send, or one of another type."""
    expected = " or ".join(known.value for known in ColumnType if known in types)
    if name not in data.columns:
        fitting = [other for other, column in data.columns.items() if column.type in types]
        fix = meant(name, fitting, f"add {name}: {next(iter(expected.split()))} to data.columns")
        yield problem(where, "not one of data.columns", got=name, expected=f"a column: {expected}", fix=fix)
    elif (type_ := data.columns[name].type) not in types:
        fix = "choose another column, or change its type"
        yield problem(where, "a column of the wrong type", got=f"{name}: {type_}", expected=expected, fix=fix)


def _never_empty(data: Data, name: str, what: str) -> Iterator[Problem]:
    if name in data.columns and data.columns[name].missing != "reject":
        where = ("data", "columns", name, "missing")
        got, fix = data.columns[name].missing, "take missing out: such rows are rejected"
        yield problem(where, f"{what} that may be empty", got=_word(got), expected="reject", fix=fix)


def _word(fill: object) -> str:
    return fill if isinstance(fill, str) else "a fixed value"


def _is_zone(name: str) -> bool:
    if name == "UTC":
        return True
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
