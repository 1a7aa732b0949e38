"""Memory on this machine is limited as AWS limits it: a function that uses more than its template gives is killed."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.contract.live_functions import Live
from tests.contract.spelled_functions import eventually, spelled

MB = 1024 * 1024
MEMORY_MB = 512


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """Functions of 512 MB each."""
    with spelled(tmp_path_factory.mktemp("code")) as out:
        yield out


def test_a_function_over_its_memory_is_killed_with_the_words_of_aws(cloud: Live) -> None:
    reply = cloud.invoke("spell", {"allocate": (MEMORY_MB + 100) * MB, "hold": 30})
    assert (reply.status, reply.headers["x-amz-function-error"]) == (200, "Unhandled")
    error = reply.json()
    assert error["errorType"] == "Runtime.ExitError"
    assert error["errorMessage"].endswith("Error: Runtime exited with error: signal: killed")


def test_the_log_of_a_call_that_was_killed_reports_all_its_memory_as_used(cloud: Live) -> None:
    request = cloud.invoke("spell", {"allocate": (MEMORY_MB + 100) * MB, "hold": 30}).json()["errorMessage"].split()[1]
    eventually(lambda: [line for line in cloud.lines if line.startswith(f"REPORT RequestId: {request}")])
    [report] = (line for line in cloud.lines if line.startswith(f"REPORT RequestId: {request}"))
    assert report.endswith("\tMemory Size: 512 MB\tMax Memory Used: 512 MB")


def test_a_function_within_its_memory_answers(cloud: Live) -> None:
    size = (MEMORY_MB - 150) * MB
    assert cloud.invoke("spell", {"allocate": size, "hold": 0.5}).json() == size


def test_a_function_answers_again_after_it_was_killed(cloud: Live) -> None:
    before = cloud.invoke("spell", {}).json()["pid"]
    cloud.invoke("spell", {"allocate": (MEMORY_MB + 100) * MB, "hold": 30})
    assert cloud.invoke("spell", {}).json()["pid"] != before


def test_a_call_beside_one_that_is_killed_is_left_alone(cloud: Live) -> None:
    events = [{"allocate": (MEMORY_MB + 100) * MB, "hold": 30}, {"allocate": MB, "hold": 1.0}]
    with ThreadPoolExecutor(2) as pool:
        killed, beside = pool.map(lambda event: cloud.invoke("spell", event).json(), events)
    assert killed["errorType"] == "Runtime.ExitError"
    assert beside == MB


def test_a_call_that_was_killed_for_another_reason_reports_no_memory(cloud: Live) -> None:
    request = cloud.invoke("hasty", {"sleep": 60}).json()["errorMessage"].split()[1]
    assert [line for line in cloud.lines if line.startswith(f"REPORT RequestId: {request}")] == []
