"""Lambda on this machine keeps AWS's promises: real workers, called over Lambda's own API."""

import json
from collections.abc import Iterator

import pytest

from tests.contract.live_functions import Live
from tests.contract.spelled_functions import DLQ, eventually, spelled


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """Functions with every habit that the tests need."""
    with spelled(tmp_path_factory.mktemp("code")) as out:
        yield out


def test_a_function_answers_what_its_handler_returns(cloud: Live) -> None:
    reply = cloud.invoke("echo", {"a": [1, None, "é"]})
    assert (reply.status, reply.json()) == (200, {"a": [1, None, "é"]})
    assert "x-amz-function-error" not in reply.headers


def test_a_function_can_be_called_by_its_arn(cloud: Live) -> None:
    arn = "arn%3Aaws%3Alambda%3Aeu-central-1%3A123456789012%3Afunction%3Aecho%3Alive"
    assert cloud.invoke(arn, 1).json() == 1


def test_an_exception_has_the_shape_of_aws(cloud: Live) -> None:
    reply = cloud.invoke("spell", {"raise": "no such model"})
    assert (reply.status, reply.headers["x-amz-function-error"]) == (200, "Unhandled")
    error = reply.json()
    assert (error["errorType"], error["errorMessage"]) == ("ValueError", "no such model")
    assert "handlers.py" in error["stackTrace"][-1]


def test_a_call_over_its_time_is_killed_with_the_words_of_aws(cloud: Live) -> None:
    reply = cloud.invoke("hasty", {"sleep": 60})
    assert reply.headers["x-amz-function-error"] == "Unhandled"
    assert reply.json()["errorType"] == "Sandbox.Timedout"
    assert reply.json()["errorMessage"].endswith("Error: Task timed out after 1.00 seconds")


@pytest.mark.parametrize(("status", "words"), [(3, "with error: exit status 3"), (0, "without providing a reason")])
def test_a_worker_that_exits_fails_its_call(cloud: Live, status: int, words: str) -> None:
    error = cloud.invoke("spell", {"exit": status}).json()
    assert error["errorType"] == "Runtime.ExitError"
    assert error["errorMessage"].endswith(f"Error: Runtime exited {words}")


def test_a_handler_that_cannot_be_imported_says_so(cloud: Live) -> None:
    error = cloud.invoke("broken", {}).json()
    assert error["errorType"] == "Runtime.ImportModuleError"
    assert "nothing_of_this_name" in error["errorMessage"]


def test_a_function_without_code_fails_its_calls(cloud: Live) -> None:
    assert cloud.invoke("nowhere", {}).json()["errorType"] == "Runtime.InvalidEntrypoint"


def test_an_answer_of_six_megabytes_passes(cloud: Live) -> None:
    assert len(cloud.invoke("spell", {"size": 6 * 1024 * 1024 - 2}).json()) == 6 * 1024 * 1024 - 2


def test_a_larger_answer_is_refused(cloud: Live) -> None:
    assert cloud.invoke("spell", {"size": 6 * 1024 * 1024 + 200}).json()["errorType"] == "Function.ResponseSizeTooLarge"


def test_a_payload_of_more_than_six_megabytes_is_refused(cloud: Live) -> None:
    reply = cloud.invoke("echo", "x" * (6 * 1024 * 1024))
    assert (reply.status, reply.headers["x-amzn-errortype"]) == (413, "RequestEntityTooLargeException")


def test_an_event_of_more_than_one_megabyte_is_refused(cloud: Live) -> None:
    assert cloud.invoke("echo", "x" * (1024 * 1024), kind="Event").status == 413


def test_an_unknown_function_is_not_found(cloud: Live) -> None:
    reply = cloud.invoke("nobody", {})
    assert (reply.status, reply.headers["x-amzn-errortype"]) == (404, "ResourceNotFoundException")


def test_a_payload_that_is_no_json_is_refused(cloud: Live) -> None:
    reply = cloud.ask("POST", "/2015-03-31/functions/echo/invocations", b"{")
    assert (reply.status, reply.headers["x-amzn-errortype"]) == (400, "InvalidRequestContentException")


def test_a_dry_run_calls_nothing(cloud: Live) -> None:
    assert cloud.invoke("spell", {"say": "dry"}, kind="DryRun").status == 204
    assert "dry" not in cloud.lines


def test_what_a_handler_prints_is_heard_line_by_line(cloud: Live) -> None:
    cloud.invoke("spell", {"say": "one\ntwo"})
    eventually(lambda: {"one", "two"} <= set(cloud.lines))


def test_an_event_is_accepted_at_once_and_run_later(cloud: Live) -> None:
    reply = cloud.invoke("spell", {"sleep": 0.3, "say": "later"}, kind="Event")
    assert (reply.status, reply.body) == (202, b"")
    eventually(lambda: "later" in cloud.lines)


def test_an_event_that_fails_is_tried_three_times_and_then_sent_to_its_destination(cloud: Live) -> None:
    cloud.invoke("unlucky", {"say": "trying", "raise": "never"}, kind="Event")
    eventually(lambda: cloud.sent)
    ((arn, record),) = cloud.sent
    assert arn == DLQ
    assert cloud.lines.count("trying") == 3
    assert record["requestContext"]["approximateInvokeCount"] == 3
    assert record["requestPayload"] == {"say": "trying", "raise": "never"}
    assert record["responsePayload"]["errorType"] == "ValueError"


def test_json_of_any_kind_is_a_payload(cloud: Live) -> None:
    payloads: tuple[object, ...] = (None, True, 1.5, "text", [])
    for payload in payloads:
        assert cloud.invoke("echo", payload).body == json.dumps(payload).encode()
