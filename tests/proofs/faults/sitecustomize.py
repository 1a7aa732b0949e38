"""Faults: what befalls the AWS calls of any worker that has this folder on its path. The product knows nothing of it.

Python runs a file of this name at its start; `tests.proofs.cloud` lays the folder out. `plan.json` in it, read again
whenever it changes, says what to record and what to break, in the words of `tests.proofs.plan`. Calls are counted by
function, operation and model over all workers, so that a third call is the third whoever makes it; botocore's own
retries are turns of the same call.
"""

import fcntl
import hashlib
import json
import os
import random
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import botocore

if TYPE_CHECKING:
    from botocore.awsrequest import AWSPreparedRequest, AWSResponse

HERE = Path(__file__).parent
PLAN = HERE / "plan.json"
FUNCTION = os.environ.get("_HANDLER", "").removeprefix("functions.").partition(".")[0]
NAMELESS = "-"
"""The model of a call that names none."""

NAMED = tuple(
    map(
        re.compile,
        (
            r"(?:MODEL|PROFILE|ARMS|CALLERS)#([a-z0-9-]+)",
            r"(?:^|[/=\"])([a-z0-9-]+)/(?:datasets|runs|slots|uploads|versions)/",
            r"\"model\\*\": ?\\*\"([a-z0-9-]+)",
        ),
    )
)
"""How a model is named in keys of the table, keys of objects, and payloads."""

LONGEST_READ = 1 << 20
Plan = Mapping[str, Any]
Fault = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """The n-th call of this operation that the function makes for the model."""

    function: str
    service: str
    operation: str
    model: str
    n: int


@dataclass  # slots would be shared by all threads
class Course(threading.local):
    """The call that this thread is at, how often it was sent, and whom the one before was for.

    `broken`: a fault befell the last turn of it. Who then asks the very same again is at that call still: the registry
    has a patience of its own where others leave that to botocore.
    """

    call: Call | None = None
    sent: int = 0
    model: str = NAMELESS
    asked: tuple[object, ...] = ()
    broken: bool = False


_course = Course()


@cache
def _parsed(_written_at: int) -> Plan:
    plan: Plan = json.loads(PLAN.read_text())
    return plan


def _plan() -> Plan:
    """The newest plan; without one nothing is counted, and nothing happens."""
    try:
        return _parsed(PLAN.stat().st_mtime_ns)
    except FileNotFoundError:
        return {}


def _model(service: str, params: Mapping[str, Any]) -> str:
    """The model that a request is for; artifacts and executions, which name none, are those of the call before."""
    place = f"{unquote(params['url'])} {params.get('query_string') or ''}".replace("'", '"')
    text = f"{place} {_text(params.get('body'))}"
    named = (found.group(1) for pattern in NAMED if (found := pattern.search(text)))
    follows = service == "sfn" or "/artifacts/" in place
    return next(named, _course.model if follows else NAMELESS)


def _text(body: object) -> str:
    """What is read of a body; files are not."""
    if isinstance(body, Mapping):  # a query, such as SNS's
        attributes = [f"{key[:-5]}.Value.StringValue" for key, value in body.items() if value == "model"]
        return "".join(json.dumps({"model": value}) for value in map(body.get, attributes))
    if isinstance(body, bytes | bytearray):
        return body[:LONGEST_READ].decode("utf-8", "ignore")
    return body[:LONGEST_READ] if isinstance(body, str) else ""


def _count(*named: str) -> int:
    """How often this was counted by now, by anybody."""
    folder = HERE / "counts"
    folder.mkdir(exist_ok=True)
    with (folder / ".".join(named)).open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(b".")
        file.flush()
        return file.tell()


def _note(file: str, call: Call, **more: object) -> None:
    """One line, written whole."""
    line = json.dumps({**asdict(call), "at": time.time(), **more}) + "\n"
    with (HERE / file).open("ab", buffering=0) as notes:
        notes.write(line.encode())


def begin(params: Mapping[str, Any], event_name: str, **_rest: object) -> None:
    """A call begins (botocore's before-call): it is counted, and written down where the plan says so."""
    plan, asked = _plan(), (event_name, params["url"], _text(params.get("body")))
    again = _course.broken and asked == _course.asked
    _course.asked, _course.broken = asked, False
    if again:
        return
    _course.call = None
    if not plan:
        return
    _, service, operation = event_name.split(".")
    _course.model = _model(service, params)
    named = (FUNCTION, service, operation, _course.model)
    _course.call, _course.sent = Call(*named, _count(*named)), 0
    if plan.get("record"):
        _note(f"calls-{os.getpid()}.jsonl", _course.call)


def send(request: "AWSPreparedRequest", **_rest: object) -> "AWSResponse | None":
    """A call is sent (botocore's before-send): the first fault that is meant for it happens."""
    call, turn = _course.call, _course.sent
    _course.sent += 1
    _course.broken = False
    if call is None:
        return None
    for fault in _plan().get("faults", ()):
        if _is_meant(fault, call, turn) and _is_new(fault):
            from tests.proofs.faults import acts  # noqa: PLC0415  # most workers meet no fault

            _note("happened.jsonl", call, do=fault["do"])
            _course.broken = True
            return acts.ACTS[fault["do"]](fault, request, call.service)
    return None


def _is_meant(fault: Fault, call: Call, turn: int) -> bool:
    if any(fault.get(name, "") not in ("", getattr(call, name)) for name in ("function", "service", "operation")):
        return False
    if fault.get("model", "") not in ("", call.model) or fault.get("nth", 0) not in (0, call.n):
        return False
    if turn >= fault.get("times", turn + 1) or time.time() > fault.get("until", float("inf")):
        return False
    drawn = random.Random(f"{fault.get('seed', 0)} {call} {turn}")
    return drawn.random() < float(fault.get("share", 1))


def _is_new(fault: Fault) -> bool:
    """Nobody is killed twice by the same fault: the worker that comes after would never get past it."""
    if not fault["do"].startswith("kill"):
        return True
    mark = hashlib.sha256(json.dumps(fault, sort_keys=True).encode()).hexdigest()[:16]
    try:
        (HERE / f"killed-{mark}").touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def watch(session: Any) -> None:
    """Every client of the session tells of its calls."""
    session.register("before-call", begin)
    session.register("before-send", send)


if FUNCTION:
    botocore.register_initializer(watch)
