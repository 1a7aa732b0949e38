"""Following: a run as it turns, a change at a time, until it ends."""

import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from treadle import runs
from treadle.errors import StillGoing
from treadle.receipts import sentence
from treadle.said import Change, Said

if TYPE_CHECKING:
    from treadle.client import Client

Tell = Callable[[object, str], Said | Change]
"""How a change is told: as a message beside the answer, or as the answer."""

UNSEEN: Mapping[str, Any] = {"status": "", "steps": ()}
SLOWEST_S = 3.0
"""The longest pause between two looks."""


def follow(
    client: "Client", model: str, run: str, patience_s: float, pause_s: float, tell: Tell = Change
) -> Iterator[Said | Change]:
    """Each change of the run, and at last how it ended; raises StillGoing when the patience ends first."""
    until = time.monotonic() + patience_s
    before = UNSEEN
    while True:
        now = client.get(f"/models/{model}/runs/{run}")
        if now["status"] in runs.ENDS:
            yield runs.ended(now, before)
            return
        if lines := runs.difference(before, now):
            yield tell(now, "\n".join(lines))
        if time.monotonic() >= until:
            raise StillGoing(f"run {run} is {now['status']} still", f"treadle runs watch {model} {run}")
        before = now
        time.sleep(pause_s)
        pause_s = min(pause_s * 1.1, SLOWEST_S)


def begun(client: "Client", receipt: Mapping[str, Any], patience_s: float, pause_s: float) -> Iterator[Said | Change]:
    """The receipt of a command that began a run, and then the run as it turns; no patience: not at all."""
    model, run = receipt["model"], receipt["run"]
    following = "" if patience_s else f"treadle runs watch {model} {run}"
    yield Said(receipt, (sentence(receipt),), (run,), following)
    if patience_s:
        yield from follow(client, model, run, patience_s, pause_s)
