"""The line that people type: switches anywhere, exit statuses, streams, the next step."""

import json
import os
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from tests.unit.api.gateway import SPEC
from tests.unit.api.models import learned, registered
from tests.unit.treadle.desk import Desk
from treadle import screen
from treadle.said import Said, Table
from treadle.words import Mode, split

ROOT = Path(__file__).parents[3]
COMMANDS = (
    *("init", "check", "apply", "upload", "train", "predict", "feedback", "cancel", "promote", "retire", "restore"),
    *("rollback", "drill", "status", "drift", "audit", "lineage", "inbox", "token", "doctor"),
)
NOUNS = {
    "models": "list show",
    "datasets": "list show",
    "runs": "list show watch",
    "versions": "list show card download",
}


@pytest.mark.parametrize("line", ["--json models list", "models --json list", "models list --json"])
def test_json_may_stand_anywhere_on_the_line(desk: Desk, line: str) -> None:
    assert desk.type(*line.split()).json == {"items": [], "next": None}


def test_after_two_dashes_nothing_is_a_switch() -> None:
    assert split(["predict", "m", "-q", "--", "--json"]) == (Mode.IDS, ["predict", "m", "--", "--json"])


def test_json_beats_the_id_alone() -> None:
    assert split(["-q", "models", "list", "--json"])[0] is Mode.JSON


def test_quiet_prints_the_ids_and_no_word_more(desk: Desk) -> None:
    desk.type("apply", desk.file("model.yaml", SPEC))
    seen = desk.type("-q", "models", "list")
    assert (seen.out, seen.err) == ("flights\n", "")


def test_help_lists_every_command(desk: Desk) -> None:
    seen = desk.type("--help")
    assert seen.status == 0
    assert [name for name in (*COMMANDS, *NOUNS) if f"  {name} " not in seen.out] == []


@pytest.mark.parametrize("noun", NOUNS)
def test_a_noun_alone_says_what_can_be_read_of_it(desk: Desk, noun: str) -> None:
    seen = desk.type(noun)
    assert seen.status == 0
    assert [verb for verb in NOUNS[noun].split() if f"  {verb} " not in seen.out] == []


@pytest.mark.parametrize(
    ("line", "said"),
    [("modls", "Did you mean 'models'?"), ("models show", "MODEL"), ("promote flights first -m x", "VERSION")],
)
def test_words_that_are_off_end_in_two_and_say_where_help_is(desk: Desk, line: str, said: str) -> None:
    seen = desk.type(*line.split())
    assert (seen.status, seen.out) == (2, "")
    assert said in seen.err
    assert seen.next.endswith("--help")


def test_what_the_platform_refuses_ends_in_one_and_names_the_next_step(desk: Desk) -> None:
    seen = desk.type("models", "show", "nobody")
    assert seen.status == 1
    assert "there is no model nobody" in seen.err
    assert seen.next == "treadle apply SPEC"


def test_a_failure_is_one_document_too(desk: Desk) -> None:
    error = desk.type("models", "show", "nobody", "--json").json["error"]
    assert (error["status"], error["slug"], error["errors"][0]["got"]) == (1, "not-found", "nobody")


def test_a_platform_that_nobody_hears_ends_in_three(desk: Desk) -> None:
    def unplugged(_: httpx2.Request) -> None:
        raise httpx2.ConnectError("connection refused")

    desk.wire.before = unplugged
    seen = desk.type("models", "list")
    assert seen.status == 3
    assert "nobody answers at https://" in seen.err


def test_a_run_that_goes_on_at_the_time_out_ends_in_four(desk: Desk) -> None:
    learned(desk.gateway)
    seen = desk.type("runs", "watch", "flights", "--timeout", "0s")
    assert seen.status == 4
    assert seen.next.startswith("treadle runs watch flights run_")


def test_an_interrupt_ends_in_130(desk: Desk) -> None:
    def interrupted(_: httpx2.Request) -> None:
        raise KeyboardInterrupt

    desk.wire.before = interrupted
    assert desk.type("models", "list").status == 130


def test_a_fault_of_our_own_is_told_without_a_trace(desk: Desk) -> None:
    def odd(_: httpx2.Request) -> None:
        raise ZeroDivisionError("odd")

    desk.wire.before = odd
    seen = desk.type("models", "list")
    assert seen.status == 3
    assert "ZeroDivisionError: odd" in seen.err
    assert "Traceback" not in seen.err


def test_a_decision_without_a_reason_ends_in_two_where_nobody_can_be_asked(desk: Desk) -> None:
    registered(desk.gateway)
    for line in ("promote flights 1", "train flights", "cancel flights"):
        seen = desk.type(*line.split())
        assert seen.status == 2
        assert "-m" in seen.next
    assert desk.gateway.get("/models/flights").json["champion"] is None


def test_every_command_ends_with_the_next_one_to_try(desk: Desk) -> None:
    registered(desk.gateway)
    spec = desk.file("model.yaml", SPEC)
    lines = [
        "models list",
        "models show flights",
        "datasets list flights",
        "datasets show flights",
        "runs list flights",
    ]
    lines += ["runs show flights", "runs watch flights", "versions list flights", "versions show flights 1", "inbox"]
    lines += ["status", "drift flights", "audit flights"]
    lines += ["token", f"check {spec}", f"apply {spec}", "train flights -m again", "promote flights 1 -m go"]
    for line in lines:
        seen = desk.type(*line.split())
        assert seen.status == 0, seen
        assert seen.next.startswith(("treadle ", "curl ")), line


def test_with_json_there_is_nothing_but_documents_on_stdout(desk: Desk) -> None:
    registered(desk.gateway)
    for line in ("models list", "versions show flights 1", "runs watch flights", "inbox", "token", "status"):
        for text in desk.type(*line.split(), "--json").out.splitlines():
            json.loads(text)


def test_what_was_uploaded_cannot_steer_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    screen.show(Said({}, ("a\x1b[2Jb\u202e", Table(("x\x07",), (("\x1b]0;\x07",),)))), Mode.PEOPLE)
    assert not {"\x1b", "\x07", "\u202e"} & set(capsys.readouterr().out)


def test_a_table_in_a_pipe_is_a_line_a_row_without_colour(capsys: pytest.CaptureFixture[str]) -> None:
    screen.show(Said({}, (Table(("run", "status"), (("r" * 300, "failed"), ("s", "succeeded"))),)), Mode.PEOPLE)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split() for line in lines] == [["run", "status"], ["r" * 300, "failed"], ["s", "succeeded"]]


@pytest.mark.parametrize(
    "words", ["--help", "check samples/flights/model.yaml", "check samples/flights/model.yaml --json"]
)
def test_a_pipe_that_is_closed_ends_silently(words: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    line = [sys.executable, "-m", "treadle", *words.split()]
    ended = subprocess.run(line, stdout=writing, stderr=subprocess.PIPE, cwd=ROOT, check=False)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_help_needs_neither_http_nor_rich_nor_pydantic() -> None:
    look = "import sys; import treadle.__main__ as t; t.main(['--help']); print(*sys.modules, file=sys.stderr)"
    ended = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, cwd=ROOT, check=True)
    loaded = {name.partition(".")[0] for name in ended.stderr.split()}
    assert not loaded & {"boto3", "httpx2", "pydantic", "rich", "ruamel"}
