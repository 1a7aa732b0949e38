"""Cloud: an embedded cloud of a proof's own, whose functions' AWS calls can be watched and broken."""

import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx2

from local import deployment, local_json
from local.runtime.environment import BESIDE
from samples import demo
from shared.adapters.clients import client
from shared.adapters.dynamodb_registry import DynamoRegistry
from tests.proofs import plan
from treadle.profile import Profile, profile

FAULTS = Path(__file__).parent / "faults"
LONGEST_CALL_S = 300.0
REST_S = 1.0
"""Between two looks at what is still under way."""


@dataclass(frozen=True, slots=True)
class Cloud:
    """`here` is how its API is asked; `faults` is the folder where `tests.proofs.plan` writes and reads."""

    here: Profile
    faults: Path
    deployed: deployment.Deployment

    @property
    def registry(self) -> DynamoRegistry:
        """The table itself, read past the API."""
        return DynamoRegistry(self.table)

    @property
    def table(self) -> str:
        """The registry's table, which holds the profiles as well."""
        return self._setting("TABLE")

    @property
    def data(self) -> str:
        """The data bucket."""
        return self._setting("DATA_BUCKET")

    @property
    def artifacts(self) -> str:
        """The artifacts bucket."""
        return self._setting("ARTIFACTS_BUCKET")

    def follow(self, faults: tuple[plan.Fault, ...] = ()) -> None:
        """Have these faults happen from the next call on, and all calls written down."""
        plan.write(plan.Plan(faults, record=True), self.faults)

    def invoke(self, function: str, event: Mapping[str, object]) -> Any:
        """What the function answers, called as its schedule or a person would; raises RuntimeError where it fails."""
        url = f"{self.here.api_url}/2015-03-31/functions/treadle-{function}/invocations"
        answer = httpx2.post(url, json=dict(event), timeout=LONGEST_CALL_S, trust_env=False)
        said = answer.json()
        if answer.is_error or "x-amz-function-error" in answer.headers:
            raise RuntimeError(f"{function} failed: {said}")
        return said

    def hasten_queues(self, seconds: int) -> None:
        """Show a message that nobody finished again after so many seconds, not after six times its function's limit."""
        for source in self.deployed.queue_sources:
            attributes = {"VisibilityTimeout": str(seconds)}
            client("sqs").set_queue_attributes(QueueUrl=source.queue_url, Attributes=attributes)

    def at_rest(self, within_s: float) -> list[str]:
        """Wait until no message and no execution is under way, twice in a row: for a moment neither is, when one led to
        the other. What still was when the time was over."""
        until, quiet, busy = time.monotonic() + within_s, 0, list[str]()
        while quiet < 2 and time.monotonic() < until:
            busy = [*self._messages(), *self._executions()]
            quiet = 0 if busy else quiet + 1
            time.sleep(REST_S)
        return busy

    def dead_letters(self) -> list[str]:
        """The dead-letter queues with something in them, in words."""
        urls = client("sqs").list_queues().get("QueueUrls", [])
        return [f"{_waiting(url)} dead letters in {_name(url)}" for url in urls if _is_dead(url) and _waiting(url)]

    def _messages(self) -> Iterator[str]:
        """Of all queues but that of checks, which the clock fills for ever."""
        for source in (one for one in self.deployed.queue_sources if not one.function.endswith("monitor")):
            if waiting := _waiting(source.queue_url):
                yield f"{waiting} messages in {_name(source.queue_url)}"

    def _executions(self) -> Iterator[str]:
        for machine in self.deployed.state_machines:
            running = client("stepfunctions").list_executions(stateMachineArn=machine, statusFilter="RUNNING")
            yield from (f"execution {one['name']}" for one in running["executions"])

    def _setting(self, name: str) -> str:
        return next(one.environment[name] for one in self.deployed.functions if name in one.environment)


def _is_dead(url: str) -> bool:
    return "DeadLetters" in _name(url)


def _name(url: str) -> str:
    return url.rpartition("/")[2]


def _waiting(url: str) -> int:
    """Messages that can be seen or are at work."""
    names = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")
    attributes = client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=list(names))["Attributes"]
    return sum(int(attributes[name]) for name in names)


def lay_out(folder: Path) -> None:
    """Make a folder for workers' path: Python finds `sitecustomize.py` in it, and that file the rest by its name."""
    shutil.copytree(FAULTS, folder / "tests" / "proofs" / "faults", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(FAULTS / "sitecustomize.py", folder)


@contextmanager
def cloud() -> Iterator[Cloud]:
    """An empty cloud at tempo 60, which ends with this block; meanwhile AWS's clients of this process speak to it."""
    with TemporaryDirectory(prefix="treadle-") as folder:
        faults = Path(folder) / "faults"
        lay_out(faults)
        state, path = Path(folder) / "state", {BESIDE: str(faults)}
        with _environment(path), demo.cloud(state) as settings, reached(settings, faults) as whole:
            yield whole


@contextmanager
def reached(settings: Path, faults: Path) -> Iterator[Cloud]:
    """The cloud whose local.json this is; AWS's clients of this process speak to it within the block."""
    config = deployment.load(settings.parent / "cloud" / "front.json")
    with _environment(_addresses(local_json.read(settings))):
        yield Cloud(profile({"TREADLE_PROFILE": str(settings)}), faults, config.deployment)


def _addresses(told: local_json.LocalJson) -> Mapping[str, str]:
    return {
        "AWS_ENDPOINT_URL": told.aws_endpoint_url,
        "AWS_ENDPOINT_URL_DYNAMODB": told.aws_endpoint_url_dynamodb,
        "AWS_ENDPOINT_URL_LAMBDA": told.api_url,
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_DEFAULT_REGION": told.region,
    }


@contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    """These variables within the block, and afterwards what was there before."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            os.environ.update({name: value} if value is not None else {})
