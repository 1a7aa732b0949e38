"""Workers: when one is started, used again, killed, and what it finds around it."""

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.contract.live_functions import Live, function, live
from tests.contract.spelled_functions import DLQ, HANDLERS, eventually, spelled


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """Functions with every habit that the tests need."""
    with spelled(tmp_path_factory.mktemp("code")) as out:
        yield out


def test_a_warm_worker_is_used_again(cloud: Live) -> None:
    first, second = cloud.invoke("spell", {}).json(), cloud.invoke("spell", {}).json()
    assert (second["pid"], second["calls"]) == (first["pid"], first["calls"] + 1)


def test_two_calls_at_once_have_two_workers(cloud: Live) -> None:
    with ThreadPoolExecutor(2) as pool:
        pids = {reply.json()["pid"] for reply in pool.map(lambda _: cloud.invoke("spell", {"sleep": 0.6}), range(2))}
    assert len(pids) == 2


def test_calls_beyond_the_cores_wait_their_turn(cloud: Live) -> None:
    most = max(2, os.cpu_count() or 1)
    with ThreadPoolExecutor(most + 3) as pool:
        replies = list(pool.map(lambda _: cloud.invoke("spell", {"sleep": 0.2}), range(most + 3)))
    assert {reply.status for reply in replies} == {200}
    assert len({reply.json()["pid"] for reply in replies}) <= most


def test_a_function_answers_again_after_a_time_out(cloud: Live) -> None:
    before = cloud.invoke("hasty", {}).json()["pid"]
    cloud.invoke("hasty", {"sleep": 60})
    assert cloud.invoke("hasty", {}).json()["pid"] != before


def test_a_handler_sees_its_context_and_its_environment(cloud: Live) -> None:
    about = cloud.invoke("about", {}).json()
    assert about["arn"] == "arn:aws:lambda:eu-central-1:123456789012:function:about"
    assert (about["name"], about["memory"]) == ("about", "512")
    assert 0 < about["left_ms"] <= 10_000
    environment = about["environment"]
    assert (environment["OWN"], environment["AWS_REGION"], environment["TZ"]) == ("variable", "eu-central-1", ":UTC")
    assert environment["AWS_ENDPOINT_URL_LAMBDA"] == cloud.url
    assert environment["AWS_ENDPOINT_URL_DYNAMODB"] == "http://127.0.0.1:2"


def test_a_worker_knows_nothing_of_the_shell_that_started_the_cloud(cloud: Live) -> None:
    assert "PYTEST_CURRENT_TEST" in os.environ
    assert "PYTEST_CURRENT_TEST" not in cloud.invoke("about", {}).json()["environment"]


def test_a_worker_leaves_no_byte_code_in_the_asset(tmp_path: Path) -> None:
    (tmp_path / "handlers.py").write_text(HANDLERS)
    with live([function("spell", tmp_path, "handlers.spell")]) as own:
        own.invoke("spell", {})
    assert [path.name for path in tmp_path.iterdir()] == ["handlers.py"]


def test_an_event_in_flight_is_lost_with_its_front(tmp_path: Path) -> None:
    (tmp_path / "handlers.py").write_text(HANDLERS)
    functions = [function("spell", tmp_path, "handlers.spell", on_failure=DLQ)]
    with live(functions) as first:
        first.invoke("spell", {"say": "begun", "sleep": 5}, kind="Event")
        eventually(lambda: "begun" in first.lines)
    with live(functions) as second:
        second.invoke("spell", {})
        assert second.lines == []
    assert first.sent + second.sent == []


def test_a_trainer_is_nicer_than_the_rest(cloud: Live) -> None:
    assert cloud.invoke("trainer", {}).json()["nice"] > cloud.invoke("spell", {}).json()["nice"]


def test_no_worker_outlives_its_front(tmp_path: Path) -> None:
    (tmp_path / "handlers.py").write_text(HANDLERS)
    with live([function("spell", tmp_path, "handlers.spell")]) as own:
        pid = own.invoke("spell", {}).json()["pid"]
    eventually(lambda: not _runs(pid))


def test_the_stand_in_for_the_c_module_serves_as_well(tmp_path: Path) -> None:
    (tmp_path / "handlers.py").write_text(HANDLERS)
    stand_in = Path(__file__).parents[2] / "local" / "runtime" / "stand_in" / "runtime_client.py"
    (tmp_path / "runtime_client.py").write_text(stand_in.read_text())  # found first, as where the C module is missing
    with live([function("spell", tmp_path, "handlers.spell")]) as own:
        assert own.invoke("spell", {"size": 3}).json() == "xxx"
        assert own.invoke("spell", {"raise": "no"}).json()["errorType"] == "ValueError"
        assert own.invoke("spell", {}).json()["calls"] == 3


def _runs(pid: int) -> str:
    """The state of a process, "" when it is gone or only waits to be buried."""
    if sys.platform != "linux":
        return str(os.waitpid(pid, os.WNOHANG))
    stat = Path(f"/proc/{pid}/stat")
    state = stat.read_text().rpartition(")")[2].split()[0] if stat.exists() else ""
    return state.replace("Z", "")
