"""What is watched, as people read it: findings in sentences, figures beside their thresholds."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from treadle import formats
from treadle.said import Table

Json = Mapping[str, Any]
Part = str | Table
NEWEST = 10
"""So many findings are told."""

FURTHEST = 12
"""So many figures of a window are shown, those that went furthest."""

REACTIONS: Mapping[str, str] = {
    "tell": "told",
    "retrain": "retrains",
    "roll_back": "rolled back",
    "no_new_outcomes": "no new outcomes to retrain on",
}


def findings(found: Sequence[Json]) -> Iterator[Part]:
    """What was found, the newest first."""
    if found:
        rows = tuple(
            (f"{span(each)}", each["kind"], REACTIONS.get(each["reaction"], each["reaction"]), each["detail"])
            for each in found[:NEWEST]
        )
        yield from ("findings", Table(("window", "kind", "then", "what"), rows))


def performance(of: Json) -> Iterator[Part]:
    """The metrics with outcomes, beside what was foretold of them, and what the rows foretell since."""
    if realised := of["realised"]:
        foretold = {_name(each): each for each in of["foretold"] or ()}
        days = of["outcomes_within_s"] / 86400
        outcomes = f"{realised['outcomes']:,} of {realised['rows']:,} rows have their outcome, {days:g} days are given"
        yield from ("", f"realised, {span(realised)}: {outcomes}")
        rows = tuple((*_figure(each), _value(foretold.get(_name(each)))) for each in realised["figures"])
        yield Table(("figure", "value", "95 % interval", "usual", "threshold", "foretold"), rows)
    if estimated := of["estimated"]:
        yield from ("", f"estimated before outcomes come, {span(estimated)}: {estimated['rows']:,} rows")
        yield Table(
            ("figure", "value", "95 % interval", "usual", "threshold"), tuple(map(_figure, estimated["figures"]))
        )


def noted(of: Json) -> Iterator[Part]:
    """Why the schedule's last slot started no run."""
    if of["note"]:
        yield from ("", of["note"])


def drift(of: Json) -> Iterator[Part]:
    """The figures of the last window that went furthest."""
    if window := of["window"]:
        yield from ("", f"rows and answers, {span(window)}: {window['rows']:,} rows")
        rows = tuple(map(_figure, window["figures"][:FURTHEST]))
        yield Table(("figure", "value", "95 % interval", "usual", "threshold"), rows)


def span(window: Json) -> str:
    """2013-04-16 to 2013-04-23."""
    begins, ends = (formats.instant(window[end]) for end in ("begins_at", "ends_at"))
    return f"{_day(begins)} to {_day(ends)}"


def _day(instant: str) -> str:
    """Midnights need no time."""
    return instant.removesuffix(" 00:00:00Z").removesuffix(":00Z")


def _name(each: Json) -> str:
    return f"{each['subject']} {each['statistic']}"


def _figure(each: Json) -> tuple[str, ...]:
    mark = " !" if each["beyond"] else ""
    wide = each["low"] is not None
    interval = f"{formats.number(each['low'])} to {formats.number(each['high'])}" if wide else ""
    return (_name(each) + mark, _value(each), interval, _number(each["usual"]), _number(each["threshold"]))


def _value(each: Json | None) -> str:
    return _number(each["value"]) if each else ""


def _number(value: float | None) -> str:
    return formats.number(None if value is None else float(value))
