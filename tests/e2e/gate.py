"""A model whose every version waits for one of two leads, in a cloud that runs: who asks, who decides, what is said."""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

import httpx2

from shared.adapters.clients import client
from shared.domain.approval import Approval
from shared.domain.change import Noun, Ref
from shared.domain.run import Run
from shared.ports.registry import Query, every
from tests.proofs.cloud import Cloud
from tests.proofs.small import data
from tests.proofs.small.caller import Caller, Json, Sent
from treadle.tokens import cache

T = TypeVar("T")
MODEL = "guarded"
BAKES = "  steps: [{share: 50%, bake: 4s}]\n"
WAITS = "  approval: {{by: [ml-leads], within: {within}}}\n"
PEOPLE = ("ada", "lin", "kim")
"""All are leads; Ada is who uploads."""

OPEN = ("queued", "running", "waiting")
PATIENCE_S, PAUSE_S = 120.0, 0.2


@dataclass(slots=True)
class Gate:
    """`said` is every answer that anybody has had."""

    cloud: Cloud
    people: Mapping[str, Caller]
    said: list[str] = field(default_factory=list)
    keys: Iterator[str] = field(default_factory=lambda: (f"k{n}" for n in range(1, 10_000)))

    def asks(self, who: str, method: str, path: str, body: Json | None = None) -> httpx2.Response:
        """What this person is answered; every command is a new one."""
        sent = Sent(json=body, headers={"idempotency-key": next(self.keys)}) if body else Sent()
        return self._kept(self.people[who].answered(method, path, {}, sent))

    def sees(self, path: str) -> Json:
        """What anybody reads there."""
        return dict(self.asks("kim", "GET", path).json())

    def applies(self, within: str) -> None:
        """Ada applies the spec by which so long is waited, and what is approved takes over at once."""
        text = data.spec(MODEL).replace(BAKES, WAITS.format(within=within))
        sent = Sent(content=text, headers={"content-type": "application/yaml"})
        self._kept(self.people["ada"].answered("PUT", f"/models/{MODEL}/spec", {}, sent)).raise_for_status()

    def uploads(self) -> str:
        """Ada uploads rows; the run that they come into."""
        body, path = data.upload(MODEL, data.FIRST), f"/models/{MODEL}/uploads"
        sha256 = hashlib.sha256(body).hexdigest()
        told = {"kind": "dataset", "filename": "first.csv", "bytes": len(body), "sha256": sha256}
        ticket = self.asks("ada", "POST", path, told).json()
        self.people["ada"].put(ticket["url"], ticket["headers"], body)
        return str(until(lambda: self.sees(f"{path}/{ticket['id']}")["run"], "the file is in a run"))

    def begins(self, who: str, path: str = "runs") -> str:
        """This person has a run begin: on the data so far, or as this path says."""
        answer = self.asks(who, "POST", f"/models/{MODEL}/{path}", {"reason": "to see it"})
        return str(answer.raise_for_status().json()["run"])

    def waits(self, run: str) -> Json:
        """The run, once it waits for somebody's word."""
        return until(lambda: found if (found := self.run(run))["status"] == "waiting" else _open(found), "it waits")

    def ends(self, run: str) -> tuple[str, str]:
        """How the run ended, and why in a word."""
        over = until(lambda: found if (found := self.run(run))["status"] not in OPEN else None, "it is over")
        return over["status"], over["reason"]["code"]

    def run(self, run: str) -> Json:
        """The run as anybody sees it."""
        return self.sees(f"/models/{MODEL}/runs/{run}")

    def decides(self, who: str, verb: str, run: str) -> httpx2.Response:
        """What this person is answered who approves or rejects."""
        return self.asks(who, "POST", f"/models/{MODEL}/runs/{run}/{verb}", {"reason": f"{who} looked"})

    def stage(self, version: int) -> str:
        """Where a version stands."""
        return str(self.sees(f"/models/{MODEL}/versions/{version}")["stage"])

    def machines(self) -> set[str]:
        """The executions that go on, by name."""
        states = client("stepfunctions")
        pages = (
            states.list_executions(stateMachineArn=machine, statusFilter="RUNNING")
            for machine in self.cloud.deployed.state_machines
        )
        return {execution["name"] for page in pages for execution in page["executions"]}

    def tokens(self) -> list[str]:
        """The tokens that the registry keeps, read past the API."""
        registry = self.cloud.registry
        runs = [Ref(Noun.APPROVAL, run.id) for run in every(registry, Query(Noun.RUN, MODEL), Run)]
        items = registry.model(MODEL, *runs).items.values()
        return [item.token for item in items if isinstance(item, Approval)]

    def log_lines(self) -> list[str]:
        """All that the functions have logged."""
        logs = client("logs")
        groups = [one["logGroupName"] for one in logs.describe_log_groups()["logGroups"]]
        pages = (logs.get_paginator("filter_log_events").paginate(logGroupName=name) for name in groups)
        return [event["message"] for group in pages for page in group for event in page["events"]]

    def _kept(self, answer: httpx2.Response) -> httpx2.Response:
        self.said.append(answer.text)
        return answer


def until(found: Callable[[], T | None], what: str) -> T:
    """The first thing that is found; an assertion fails when the time is over."""
    give_up = time.monotonic() + PATIENCE_S
    while not (thing := found()):
        assert time.monotonic() < give_up, f"{what}: not in time"
        time.sleep(PAUSE_S)
    return thing


def now() -> datetime:
    """This instant."""
    return datetime.now(UTC)


@contextmanager
def gate(cloud: Cloud) -> Iterator[Gate]:
    """Ada, Lin and Kim at the API of this cloud; a spec waits for one of them."""
    made: dict[str, Caller] = {}
    for name in PEOPLE:
        profile = replace(cloud.here, username=name, groups="ml-leads")
        made[name] = Caller(profile, cache(profile), time.monotonic() + 2 * PATIENCE_S)
    try:
        yield Gate(cloud, made)
    finally:
        for caller in made.values():
            caller.close()


def _open(run: Any) -> None:
    assert run["status"] in OPEN, f"it ended {run['status']}: {run['reason']}"
