"""Faults happen to botocore's calls in any process that has their folder on its path, as the plan says."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.proofs import plan
from tests.proofs.cloud import lay_out
from tests.proofs.plan import Act, Fault, Plan

ASKS = """
import sys
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.session import get_session
table = get_session().create_client("dynamodb", config=Config(retries={"mode": "standard", "total_max_attempts": 3}))
for model in sys.argv[1:]:
    try:
        table.get_item(TableName="registry", Key={"PK": {"S": f"MODEL#{model}"}})
        print("answered", flush=True)
    except ClientError as refused:
        print(refused.response["Error"]["Code"])
"""
KILLED = -9


@dataclass(slots=True)
class Table:
    """A server that answers every request with nothing, and counts them; and the folder of a plan."""

    folder: Path
    url: str
    requests: list[str] = field(default_factory=list)

    def follow(self, *faults: Fault) -> None:
        """These faults happen from now on."""
        plan.write(Plan(faults, record=True), self.folder)

    def asked_for(self, *models: str) -> tuple[int, list[str]]:
        """A new worker asks for each of the models: how it ended, and what it was told."""
        address = {"AWS_ENDPOINT_URL": self.url, "PYTHONPATH": str(self.folder), "_HANDLER": "functions.data.handler.x"}
        worker = subprocess.run(
            [sys.executable, "-c", ASKS, *models], env=os.environ | address, capture_output=True, text=True, check=False
        )
        assert worker.stderr == ""
        return worker.returncode, worker.stdout.split()


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    """An empty table on loopback, and no plan yet."""
    lay_out(tmp_path)

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            found.requests.append(self.rfile.read(length).decode())
            self.send_response(200)
            self.send_header("content-length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, format: str, *said: object) -> None:  # noqa: A002  its name is the library's
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    found = Table(tmp_path, f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


def test_without_a_plan_nothing_happens_and_nothing_is_counted(table: Table) -> None:
    assert table.asked_for("late") == (0, ["answered"])
    assert [path.name for path in table.folder.iterdir() if path.suffix == ".jsonl"] == []


def test_calls_are_counted_by_model_over_all_workers(table: Table) -> None:
    table.follow()
    table.asked_for("late", "early")
    table.asked_for("late")
    seen = [(call.function, call.service, call.operation, call.model, call.n) for call in plan.recorded(table.folder)]
    called = ("data", "dynamodb", "GetItem")
    assert seen == [(*called, "late", 1), (*called, "early", 1), (*called, "late", 2)]


def test_the_third_call_is_refused_whichever_worker_makes_it(table: Table) -> None:
    table.follow(Fault(Act.ERROR, model="late", nth=3, code="ValidationException"))
    assert table.asked_for("late", "late") == (0, ["answered", "answered"])
    assert table.asked_for("early", "late") == (0, ["answered", "ValidationException"])


def test_a_worker_is_killed_before_its_call_once(table: Table) -> None:
    table.follow(Fault(Act.KILL_BEFORE, function="data", operation="GetItem"))
    assert table.asked_for("late") == (KILLED, [])
    assert table.requests == []
    assert table.asked_for("late") == (0, ["answered"])


def test_a_worker_is_killed_after_its_call_was_carried_out(table: Table) -> None:
    table.follow(Fault(Act.KILL_AFTER, model="late"))
    assert table.asked_for("early", "late", "late") == (KILLED, ["answered"])
    assert len(table.requests) == 2
    assert [(seen.model, seen.do) for seen in plan.happened(table.folder)] == [("late", "kill-after")]


def test_a_reply_is_lost_as_often_as_the_plan_says_and_the_call_was_carried_out(table: Table) -> None:
    table.follow(Fault(Act.LOSE_REPLY, times=2))
    assert table.asked_for("late") == (0, ["answered"])
    assert len(table.requests) == 3


def test_a_share_of_calls_is_throttled_and_the_same_one_by_the_same_seed(table: Table) -> None:
    table.follow(Fault(Act.ERROR, share=0.5, seed=1, code="ValidationException"))
    _, told = table.asked_for(*["late"] * 20)
    assert 4 <= told.count("answered") <= 16
    shutil.rmtree(table.folder / "counts")
    assert table.asked_for(*["late"] * 20) == (0, told)


def test_a_fault_is_over_when_its_time_is(table: Table) -> None:
    table.follow(Fault(Act.ERROR, until=1.0, code="ValidationException"))
    assert table.asked_for("late") == (0, ["answered"])
