"""The power fails while a run is at work: at the next start the model answers at once, and the run comes to its end.

Every process of the embedded cloud is killed at moments that a seed draws; what was acknowledged is there afterwards.
"""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.contract.embedded import EmbeddedCloud
from tests.infrastructure.templates import assembly
from tests.proofs.small import data
from treadle.client import Client
from treadle.profile import profile
from treadle.upload import upload

MODEL, SEED = "cut", 20
VERBS = ("data", "train", "score", "evaluate", "register", "deploy")
MOMENTS = random.Random(SEED).sample(VERBS, 3)
"""The verb at which the run of each upload is cut off, or later: the wheel does not wait for who looks."""

PATIENCE_S = 300
UP = ("up", "--tempo", "60")


@pytest.fixture
def cloud(tmp_path: Path) -> Iterator[EmbeddedCloud]:
    """The whole platform, up."""
    made = EmbeddedCloud(tmp_path / "state", assembly())
    started = made.run(*UP)
    assert started.returncode == 0, started.stderr
    yield made
    made.run("down")


def _asked(cloud: EmbeddedCloud, question: Callable[[Client], Any]) -> Any:
    """What the platform answers; it has new addresses after each start."""
    with closing(Client(profile({"TREADLE_PROFILE": str(cloud.state / "local.json")}))) as client:
        return question(client)


def _upload(cloud: EmbeddedCloud, file: Path, rows: int) -> None:
    file.write_bytes(data.upload(MODEL, rows))
    _asked(cloud, lambda client: upload(client.profile, MODEL, file))


def _cut(cloud: EmbeddedCloud) -> None:
    """Kill all of it at once, the supervisor first: nobody ends anything in good order."""
    supervisor = psutil.Process(cloud.told.pid)
    for process in (supervisor, *supervisor.children(recursive=True)):
        process.kill()
    assert cloud.wait_until_gone()


def _runs(cloud: EmbeddedCloud) -> list[dict[str, Any]]:
    """All runs, the oldest first."""
    listed: list[dict[str, Any]] = _asked(cloud, lambda client: client.get(f"/models/{MODEL}/runs"))["items"]
    return listed[::-1]


def _at(cloud: EmbeddedCloud, so_many: int, verb: str) -> None:
    """Wait until the newest of so many runs has come to the verb."""
    later = VERBS[VERBS.index(verb) :]
    end = time.monotonic() + PATIENCE_S
    while len(runs := _runs(cloud)) < so_many or (runs[-1]["status"] == "running" and runs[-1]["step"] not in later):
        assert time.monotonic() < end, f"not at {verb} after {PATIENCE_S} s: {runs}"
        time.sleep(0.1)


def _ended(cloud: EmbeddedCloud, so_many: int) -> list[dict[str, Any]]:
    """The runs, once there are so many and none is open."""
    end = time.monotonic() + PATIENCE_S
    while len(runs := _runs(cloud)) < so_many or any(run["status"] in {"queued", "running"} for run in runs):
        assert time.monotonic() < end, f"open after {PATIENCE_S} s: {runs}"
        time.sleep(0.5)
    return runs


@pytest.mark.slow
def test_a_run_that_the_power_cut_off_comes_to_its_end_and_nothing_is_lost(
    cloud: EmbeddedCloud, tmp_path: Path
) -> None:
    _asked(cloud, lambda client: client.apply(data.spec(MODEL), "model.yaml"))
    for number, verb in enumerate(MOMENTS, start=1):
        _upload(cloud, tmp_path / f"upload-{number}.csv", data.FIRST + 100 * number)
        _at(cloud, number, verb)
        _cut(cloud)
        assert cloud.run(*UP).returncode == 0
        if number > 1:
            answer = _asked(cloud, lambda client: client.predict(MODEL, [dict(row) for row in data.asked(MODEL)]))
            assert (answer["version"], len(answer["predictions"])) == (number - 1, data.ASKED)
        runs = _ended(cloud, number)
        assert [run["reason"]["code"] for run in runs] == ["promoted"] * number, f"cut at {verb}"
    uploads = _asked(cloud, lambda client: client.get(f"/models/{MODEL}/uploads"))["items"]
    assert sorted(one["run"] for one in uploads) == sorted(run["id"] for run in _runs(cloud))
    versions = _asked(cloud, lambda client: client.get(f"/models/{MODEL}/versions"))["items"]
    assert sorted(version["version"] for version in versions) == [1, 2, 3]
