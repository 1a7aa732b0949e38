"""Captures: what was predicted and fed back, out of the objects in which the capture log is delivered."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

from shared.domain.capture import PREFIX, Captured, Cell, FedBack, Known, Line, read
from shared.domain.prediction import parse
from shared.ports.objects import Objects

LATE = timedelta(hours=1)
"""By how much a line may be in its bucket later than it was printed; the delivery stream holds it back for minutes."""

KEPT = timedelta(days=90)
"""How far back predictions are looked for whose outcome has come only now."""

READERS = 8
"""Objects read at once: each takes milliseconds of waiting."""

_EPOCH = datetime.fromtimestamp(0, UTC)


def known(captures: Objects, model: str, since: datetime, until: datetime) -> tuple[Known, ...]:
    """The model's captured rows whose outcome was delivered since (less LATE) and came before `until`, oldest first.

    A later outcome beats an earlier one; lines that come twice change nothing, those that are cut are left out.
    """
    recent = since - LATE
    lines = _lines(captures, model, recent, until + 2 * LATE)
    actual = _actual(lines, until)
    oldest = max(parse(min(actual, key=_request)).at if actual else until, until - KEPT)
    found: dict[str, Known] = {}
    for line in (*_lines(captures, model, oldest, recent), *lines):
        for row in line.rows if isinstance(line, Captured) else ():
            if row.id in actual:
                found.setdefault(row.id, Known(row, _instant(line.at), actual[row.id]))
    return tuple(sorted(found.values(), key=lambda each: (each.at, each.row.id)))


def _lines(captures: Objects, model: str, start: datetime, end: datetime) -> tuple[Line, ...]:
    """The model's lines in the objects of the hours [start, end), in the order of their keys."""
    hours = f"{start:%Y/%m/%d/%H}", f"{end:%Y/%m/%d/%H}"
    with ThreadPoolExecutor(READERS) as readers:
        listed = readers.map(captures.keys, _days(start, end))
        keys = (key for day in listed for key in day if hours[0] <= key.removeprefix(PREFIX)[:13] < hours[1])
        bodies = readers.map(captures.read, keys)
        return tuple(line for body in bodies for line in read(body)[0] if line.model == model)


def _days(start: datetime, end: datetime) -> Iterator[str]:
    """The prefix of each day from start to end."""
    for day in range(start.toordinal(), end.toordinal() + 1 if start < end else 0):
        yield f"{PREFIX}{date.fromordinal(day):%Y/%m/%d}/"


def _actual(lines: Iterable[Line], until: datetime) -> dict[str, Cell]:
    """The last outcome of each prediction before that instant."""
    told = (line for line in lines if isinstance(line, FedBack) and _instant(line.at) < until)
    return {row.id: row.actual for line in sorted(told, key=lambda line: line.at) for row in line.rows}


def _request(prediction: str) -> str:
    """The ULID of an id, which sorts by time."""
    return prediction.rsplit("_", 2)[-2]


def _instant(milliseconds: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=milliseconds)
