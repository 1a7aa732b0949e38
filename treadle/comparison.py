"""Two runs side by side: what they learned from, by which spec, what came of it, and how long it took."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from treadle import formats, runs
from treadle.said import Table

Json = Mapping[str, Any]

MADE: Mapping[str, Callable[[Json], str]] = {
    "status": lambda turn: turn["run"]["status"],
    "reason": lambda turn: (turn["run"]["reason"] or {}).get("detail") or "",
    "cause": lambda turn: turn["run"]["cause"]["detail"] or turn["run"]["cause"]["kind"],
    "began": lambda turn: formats.instant(turn["run"]["created_at"]),
    "spec": lambda turn: str(turn["run"]["spec"]),
    "dataset": lambda turn: turn["run"]["dataset"] or "",
    "rows": lambda turn: _of(turn["dataset"], "rows", formats.number),
    "to learn from": lambda turn: _of(turn["dataset"], "train_rows", formats.number),
    "to judge by": lambda turn: _of(turn["dataset"], "test_rows", formats.number),
    "cut": lambda turn: _of(turn["dataset"], "cut_at", formats.instant),
    "version": lambda turn: _of(turn["version"], "version", str),
    "family": lambda turn: _of(turn["version"], "family", str),
    "parameters": lambda turn: _of(turn["version"], "parameters", _parameters),
    "best": lambda turn: next((step["outcome"] for step in turn["run"]["steps"] if step["name"] == "train"), ""),
    "trials": lambda turn: str(turn["run"]["trials"] or ""),
    "verdict": lambda turn: _of(turn["run"]["verdict"], "decision", str),
    "judged on": lambda turn: _of(turn["run"]["verdict"], "test_rows", lambda rows: f"{rows:,} untouched rows"),
}
"""What is told of a run → how it is read from what the API answers of it."""


def settings(spec: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every setting of a spec, by its path: data.checks.rows.min; a list is one setting."""
    if isinstance(spec, Mapping) and spec:
        for name, inner in spec.items():
            yield from settings(inner, f"{path}.{name}" if path else str(name))
    else:
        yield path, spec if isinstance(spec, str) else json.dumps(spec, ensure_ascii=False)


def differences(was: object, now: object) -> list[dict[str, str | None]]:
    """The settings that two specs say otherwise; null where one does not say it."""
    old, new = dict(settings(was)), dict(settings(now))
    paths = [path for path in dict.fromkeys((*old, *new)) if old.get(path) != new.get(path)]
    return [{"path": path, "was": old.get(path), "now": new.get(path)} for path in paths]


def whole(of: Json) -> Iterator[str | Table]:
    """Both runs for people; a table that neither has anything in is left out."""
    was, now = of["was"], of["now"]
    header = (was["run"]["id"], now["run"]["id"])
    made = tuple((name, read(was), read(now)) for name, read in MADE.items())
    yield Table(("", *header), tuple(row for row in made if any(row[1:])))
    spec = tuple((each["path"], formats.word(each["was"]), formats.word(each["now"])) for each in of["spec"])
    verdicts = [side["run"]["verdict"] or {} for side in (was, now)]
    took = _beside(*(_steps(side["run"]) for side in (was, now)))
    total = ("in all", *(formats.seconds(sum(step["took_s"] for step in side["run"]["steps"])) for side in (was, now)))
    for name, rows in (
        ("setting", spec),
        ("figure", _beside(*(map(_figure, verdict.get("measures", ())) for verdict in verdicts))),
        ("gate", _beside(*(map(_gate, verdict.get("gates", ())) for verdict in verdicts))),
        ("took", (*took, total)),
    ):
        if rows:
            yield from ("", Table((name, *header), rows))


def _of(side: Json | None, name: str, shown: Callable[[Any], str]) -> str:
    """One value; nothing of what is not there."""
    return "" if side is None or side[name] is None else shown(side[name])


def _parameters(of: Json) -> str:
    return ", ".join(
        f"{name} {value:g}" if isinstance(value, float) else f"{name} {value}" for name, value in of.items()
    )


def _beside(was: Iterator[tuple[str, str]], now: Iterator[tuple[str, str]]) -> tuple[tuple[str, str, str], ...]:
    """What each side says of the same name, in the order of the first."""
    old, new = dict(was), dict(now)
    return tuple((name, old.get(name, ""), new.get(name, "")) for name in dict.fromkeys((*old, *new)))


def _figure(each: Json) -> tuple[str, str]:
    name, value, interval = runs.figure(each)
    return name, f"{value} ({interval})" if interval else value


def _gate(each: Json) -> tuple[str, str]:
    return f"{each['name']} {each['rule']}", f"{each['outcome']}: {each['sentence']}"


def _steps(run: Json) -> Iterator[tuple[str, str]]:
    yield from ((step["name"], formats.seconds(step["took_s"])) for step in run["steps"])
