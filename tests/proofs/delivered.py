"""Delivered: objects come to an embedded cloud's bucket, and their events through its own queue again and again, in any
order, or never; functions, state machine and tables are those that ship, and so is the sweep that comes at the end.

Half of the files are announced first and put where the platform says, half lie in the bucket all at once.
"""

import hashlib
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from shared.adapters.clients import client
from shared.domain.run import Run, RunStatus
from shared.domain.upload import Place
from shared.lifecycle.sweep.uploads import YOUNG
from tests.proofs import uploaded
from tests.proofs.alone import progress
from tests.proofs.cloud import Cloud, cloud
from tests.proofs.detour import AT_ONCE, Detour, Event, detour
from tests.proofs.post import TIMES
from tests.proofs.small import data
from tests.proofs.small.caller import Caller, Sent
from treadle.tokens import cache

UPLOADS, LOST = 40, 2
MODELS = {"anna": "replace", "bert": "replace", "cleo": "append", "dora": "append"}
"""Models, and what becomes of what was uploaded before: a queued run is replaced by a newer one, or joined."""

LONGEST_S, REST_S = 900.0, 300.0
PAUSE_S = 4.0
"""At most between two deliveries: together they take about as long as two runs of each model."""

VISIBLE_S = 30
"""A message that could not be finished is seen again after this time; on AWS after six times its function's limit."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was told how often, how runs ended, and what was wrong."""

    uploads: int
    deliveries: int
    lost: int
    ends: Counter[str]
    wrong: tuple[str, ...]


def prove(seed: int, uploads: int = UPLOADS, lost: int = LOST) -> Outcome:
    """Put, tell, sweep once when the lost ones are old enough for it, and look."""
    drawn = Random(f"delivered {seed}")
    with cloud() as here:
        here.hasten_queues(VISIBLE_S)
        way = detour(here)
        _put(here, uploads)
        old_enough, events = time.monotonic() + YOUNG.total_seconds() + 1, way.taken()
        copies = _dealt(drawn, events, lost)
        _tell(way, copies[:-AT_ONCE], drawn)
        time.sleep(max(0.0, old_enough - time.monotonic()))
        here.invoke("sweep", {})
        way.tell(copies[-AT_ONCE:])
        busy = here.at_rest(REST_S)
        runs = [run for model in MODELS for run in uploaded.listed(here.registry, model)]
        wrong = [*busy, *here.dead_letters(), *_wrong(here, [event.place for event in events], uploads), *_failed(runs)]
        ends = Counter(f"{run.status}: {run.reason.code}" for run in runs)
        return Outcome(uploads, len(copies), lost, ends, tuple(wrong))


def _tell(way: Detour, copies: Sequence[Event], drawn: Random) -> None:
    """Bit by bit, so that runs end meanwhile."""
    for at in range(0, len(copies), AT_ONCE):
        progress(f"through the cloud's own queue: {at} of {len(copies)} deliveries")
        way.tell(copies[at : at + AT_ONCE])
        time.sleep(drawn.random() * PAUSE_S)
    progress("")


def _dealt(drawn: Random, events: Sequence[Event], lost: int) -> list[Event]:
    """As they are told: so many never, the others a few times each, all in one disorder."""
    never = drawn.sample(events, lost)
    copies = [event for event in events if event not in never for _ in range(drawn.randint(*TIMES))]
    drawn.shuffle(copies)
    return copies


def _put(here: Cloud, uploads: int) -> None:
    """Apply the models' specs, and put so many files in turn for each of them."""
    caller = Caller(here.here, cache(here.here), time.monotonic() + LONGEST_S)
    for model, uploads_do in MODELS.items():
        yaml = {"content-type": "application/yaml", "idempotency-key": f"{model}-apply"}
        sent = Sent(content=data.spec(model).replace("uploads: replace", f"uploads: {uploads_do}"), headers=yaml)
        caller.ask("PUT", "/models/{model}/spec", {"model": model}, sent)
    for number in range(uploads):
        model = list(MODELS)[number % len(MODELS)]
        body = data.upload(model, data.FIRST + number)
        if number // len(MODELS) % 2:
            _announced(caller, model, f"{number}.csv", body)
        else:
            client("s3").put_object(Bucket=here.data, Key=f"{model}/datasets/{number}.csv", Body=body)
    caller.close()


def _announced(caller: Caller, model: str, name: str, body: bytes) -> None:
    asked = {"kind": "dataset", "filename": name, "bytes": len(body), "sha256": hashlib.sha256(body).hexdigest()}
    ticket = caller.post("/models/{model}/uploads", asked, f"{model}-{name}", model=model)
    caller.put(ticket["url"], ticket["headers"], body)


def _wrong(here: Cloud, came: Sequence[Place], uploads: int) -> Iterator[str]:
    if len(set(came)) != uploads:
        yield f"the bucket told of {len(set(came))} objects of {uploads}"
    yield from uploaded.broken(here.registry, tuple(MODELS), came)


def _failed(runs: Sequence[Run]) -> Iterator[str]:
    """The data is good and nothing was broken, so that no run has a reason to fail."""
    yield from (f"run {run.id} of {run.model} failed: {run.reason}" for run in runs if run.status is RunStatus.FAILED)
