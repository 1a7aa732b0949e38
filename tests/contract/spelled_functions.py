"""Functions that do what their event says, and the deployment of them that the runtime's tests call."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.contract.live_functions import Live, function, live

HANDLERS = '''
import os, time

calls = 0

def echo(event, context):
    return event

def spell(event, context):
    """Do what the event says."""
    global calls
    calls += 1
    if "say" in event:
        print(event["say"])
    if "sleep" in event:
        time.sleep(event["sleep"])
    if "exit" in event:
        os._exit(event["exit"])
    if "raise" in event:
        raise ValueError(event["raise"])
    if "allocate" in event:
        held = b"x" * event["allocate"]  # written, so that it is resident
        time.sleep(event.get("hold", 0))
        return len(held)
    if "size" in event:
        return "x" * event["size"]
    return {"pid": os.getpid(), "calls": calls, "nice": os.nice(0)}

def about(event, context):
    return {
        "request_id": context.aws_request_id, "arn": context.invoked_function_arn, "memory": context.memory_limit_in_mb,
        "left_ms": context.get_remaining_time_in_millis(), "name": context.function_name,
        "environment": dict(os.environ),
    }
'''
BROKEN = "import nothing_of_this_name"
DLQ = "arn:aws:sqs:eu-central-1:123456789012:dlq"


@contextmanager
def spelled(code: Path) -> Iterator[Live]:
    """Functions with every habit that the tests need; `code` is an empty folder."""
    (code / "handlers.py").write_text(HANDLERS)
    (code / "broken.py").write_text(BROKEN)
    functions = [
        function("echo", code, "handlers.echo"),
        function("spell", code, "handlers.spell"),
        function("hasty", code, "handlers.spell", timeout_s=1),
        function("trainer", code, "handlers.spell", timeout_s=900),
        function("about", code, "handlers.about"),
        function("broken", code, "broken.handle"),
        function("nowhere", code / "absent", "handlers.echo"),
        function("unlucky", code, "handlers.spell", on_failure=DLQ),
    ]
    with live(functions) as out:
        yield out


def eventually(holds: Callable[[], object]) -> None:
    """Wait until it holds, ten seconds at most."""
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.02)
