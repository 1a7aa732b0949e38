"""Waiting for the wheel: what a run has come to, read through the API until it is there."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

from samples.story import Scene, Unverified

T = TypeVar("T")
PATIENCE_S = 600.0
PAUSE_S = 0.25


def until(found: Callable[[], T | None], what: str) -> T:
    """The first thing found; raises Unverified after ten minutes."""
    give_up = time.monotonic() + PATIENCE_S
    while time.monotonic() < give_up:
        if (thing := found()) is not None:
            return thing
        time.sleep(PAUSE_S)
    raise Unverified(f"{what}: not there after {PATIENCE_S:.0f} s")


def run_of(scene: Scene, model: str, file: str) -> str:
    """The run that an uploaded file got."""

    def found() -> str | None:
        uploads = scene.client.get(f"/models/{model}/uploads")["items"]
        return next((each["run"] for each in uploads if each["file"].endswith(f"/{file}")), None)

    return until(found, f"a run for {file}")


def step_of(scene: Scene, model: str, run: str, verb: str) -> dict[str, Any]:
    """What a verb of the run did; raises Unverified when the run ended before it."""

    def found() -> dict[str, Any] | None:
        seen = scene.client.get(f"/models/{model}/runs/{run}")
        done = next((step for step in seen["steps"] if step["name"] == verb), None)
        if verb == "train" and seen["trials"]:
            scene.tell(f"{seen['trials']} trials are done")
        if done is None and seen["status"] not in ("queued", "running", "waiting"):
            raise Unverified(f"the run ended {seen['status']} before {verb}: {seen['reason']}")
        return done

    return until(found, f"{verb} of {run}")


def ended(scene: Scene, model: str, run: str) -> dict[str, Any]:
    """The run when it is over."""

    def found() -> dict[str, Any] | None:
        seen = scene.client.get(f"/models/{model}/runs/{run}")
        return None if seen["status"] in ("queued", "running", "waiting") else seen

    return until(found, f"the end of {run}")
