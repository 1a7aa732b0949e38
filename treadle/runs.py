"""Runs as people read them: how one goes, how it ended, and what to do then."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from treadle import formats
from treadle.said import Said, Table, facts

Json = Mapping[str, Any]

ENDS: Mapping[str, int] = {"succeeded": 0, "rejected": 1, "cancelled": 1, "superseded": 1, "failed": 3}
"""Status of a run that is over → exit status: 1 the platform or a person said no, 3 it could not say."""


def difference(before: Json, now: Json) -> list[str]:
    """What happened between two looks at an open run, a line each."""
    lines = _steps(before, now)
    return lines if now["status"] == before["status"] else [_stands(now), *lines]


def _steps(before: Json, now: Json) -> list[str]:
    known = {step["name"] for step in before["steps"]}
    return [_done(step) for step in now["steps"] if step["name"] not in known]


def _done(step: Json) -> str:
    took = formats.seconds(step["took_s"])
    return f"{formats.clock(step['done_at'])}  {step['name']:9} {took:>8}  {step['outcome']}"


def _stands(run: Json) -> str:
    return f"{formats.clock(run['since_at'])}  run {run['id']} is {run['status']}{_because(run)}{_until(run)}"


def _until(run: Json) -> str:
    """Who decides on a run that waits, and until when."""
    asked = run["approval"]
    return f"; {_asked(asked)}" if asked and run["status"] == "waiting" else ""


def _asked(approval: Json) -> str:
    """ml-leads, until 2013-04-02 12:00:00Z; never ada."""
    barred = f"; never {', '.join(approval['started_by'])}" if approval["started_by"] else ""
    return f"{' or '.join(approval['may_decide'])}, until {formats.instant(approval['until_at'])}{barred}"


def _word(approval: Json) -> str:
    """approved by ada, 2013-04-01 12:00:00Z; of one that is still asked, who may decide."""
    if approval["status"] == "asked":
        return _asked(approval)
    by = f" by {approval['by']}" if approval["by"] else ""
    return f"{approval['status']}{by}, {formats.instant(approval['decided_at'])}: {approval['reason']}"


def figure(each: Json) -> tuple[str, ...]:
    """A figure in its unit; what was measured and not estimated has no interval."""
    shown = FIGURES.get(each["name"], formats.number)
    wide = each["low"] < each["high"]
    return each["name"], shown(each["value"]), f"{shown(each['low'])} to {shown(each['high'])}" if wide else ""


FIGURES: Mapping[str, Callable[[float], str]] = {
    "latency_p99": lambda value: f"{value:.2f} ms",
    "size": lambda value: formats.size(int(value)),
    "parity": lambda value: f"{value:.1g}",
}


def _because(run: Json) -> str:
    reason = run["reason"]
    return f": {reason['detail'] or reason['code']}" if reason else ""


def ended(run: Json, before: Json) -> Said:
    """How a run ended: what happened since the last look, the end, its bad cells, the status and the next command."""
    version = f", version {run['version']}" if run["version"] else ""
    text = f"{run['model']}: run {run['id']} {run['status']}{_because(run)}{version}"
    judged = verdict(run["verdict"]) if run["begin_at"] == "score" else ()
    return Said(run, (*_steps(before, run), text, *rejects(run), *judged), next=after(run), status=status(run))


def status(run: Json) -> int:
    """The exit status of a run that is over; a drill is done well when what broke was taken back."""
    drilled = run["begin_at"] == "drill" and (run["reason"] or {}).get("code") == "rolled_back"
    return 0 if drilled else ENDS[run["status"]]


def rejects(run: Json) -> Iterator[Table]:
    """The bad cells that the run names."""
    rows = [cell for step in run["steps"] for cell in step["rejects"]]
    if rows:
        header = ("line", "column", "got", "expected")
        yield Table(header, tuple(tuple(str(cell[name]) for name in header) for cell in rows))


def after(run: Json) -> str:
    """The command to try when a run stands so."""
    model, version = run["model"], run.get("version")
    code = run["reason"]["code"] if run["reason"] else ""
    if code in AFTER:
        return AFTER[code].format(model=model, run=run["id"], version=version)
    if run["status"] not in ENDS:
        return f"treadle runs watch {model} {run['id']}"
    return f"treadle versions show {model} {version}" if version else f"treadle runs show {model} {run['id']}"


AFTER: Mapping[str, str] = {
    "data_rejected": "mend the file, then treadle upload {model} FILE",
    "gate_failed": "treadle runs show {model} {run}",
    "waits_for_approval": "treadle approve {model} {run} -m WHY",
    "not_approved": "treadle runs show {model} {run}",
    "approval_expired": "treadle restore {model} {version} -m WHY",
    "registered": "treadle promote {model} {version}",
    "reproduced": "treadle versions card {model} {version}",
    "not_reproduced": "treadle runs show {model} {run}",
    "rolled_back": "treadle runs show {model} {run}",
    "drill_unnoticed": "treadle runs show {model} {run}",
    "overtaken": "treadle audit {model}",
    "error": "treadle train {model} -m 'the last run failed'",
    "timed_out": "treadle train {model} -m 'the last run timed out'",
    "out_of_memory": "treadle train {model} -m 'it has more memory now', once the setting is raised",
    "disk_full": "treadle train {model} -m 'it has more disk now', once the setting is raised",
}
"""Reason of a run's end → what to do about it."""


def whole(run: Json) -> tuple[str | Table, ...]:
    """One run for people."""
    cause = run["cause"]
    head = facts(
        run=run["id"],
        status=run["status"],
        reason=_because(run).removeprefix(": "),
        step=run["step"],
        version=run["version"],
        began_at=run["begin_at"] if run["begin_at"] != "data" else "",
        dataset=run["dataset"],
        spec=run["spec"],
        cause=cause["detail"] or f"{cause['kind']} {cause['id']}",
        by=run["by"],
        began=formats.instant(run["created_at"]),
        since=formats.instant(run["since_at"]),
        approval=_word(run["approval"]) if run["approval"] else "",
    )
    steps = tuple((step["name"], formats.seconds(step["took_s"]), step["outcome"]) for step in run["steps"])
    parts: list[str | Table] = [head]
    if steps:
        parts += ["", Table(("step", "took", "outcome"), steps)]
    for table in rejects(run):
        parts += ["", table]
    return (*parts, *verdict(run["verdict"]))


def verdict(said: Json | None) -> Iterator[str | Table]:
    """The verdict for people: figures with their intervals, then each gate, in a sentence."""
    if not said:
        return
    yield from ("", f"verdict: {said['decision']}, on {said['test_rows']:,} untouched rows")
    yield Table(("figure", "value", "95 % interval"), tuple(map(figure, said["measures"])))
    gates = tuple((gate["outcome"], gate["sentence"]) for gate in said["gates"])
    if gates:
        yield from ("", Table(("gate", ""), gates))
    told = {sentence for _, sentence in gates}
    yield from (note for note in said["notes"] if note not in told)
