"""What one deployment consists of, as data: written by `assembly`, read by `front`. Names and ARNs are those of AWS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from pydantic import TypeAdapter

from local.telemetry import Alarm, CompositeAlarm, DeliveryStream, LogSubscription, MetricFilter, MetricQuery

__all__ = [
    "Addresses",
    "Alarm",
    "Authorizer",
    "BatchFailures",
    "Client",
    "CompositeAlarm",
    "DeliveryStream",
    "Deployment",
    "FrontConfig",
    "Function",
    "LogSubscription",
    "MetricFilter",
    "MetricQuery",
    "QueueSource",
    "Route",
    "Schedule",
    "StreamSource",
    "Subscription",
    "dump",
    "load",
]


class BatchFailures(StrEnum):
    """What a poller deletes from a queue after a batch: everything or nothing, or all but what the answer names."""

    WHOLE_BATCH = "whole_batch"
    REPORTED = "reported"  # FunctionResponseTypes: ReportBatchItemFailures


@dataclass(frozen=True, slots=True)
class Function:
    """A Lambda function. `code` is its asset directory in cdk.out; `on_failure` an ARN (queue or topic) or ""."""

    name: str
    arn: str
    handler: str
    code: Path
    environment: Mapping[str, str]
    timeout_s: int
    memory_mb: int
    log_group: str
    on_failure: str
    async_retries: int = 2


@dataclass(frozen=True, slots=True)
class QueueSource:
    """An SQS queue polled for a function."""

    queue_url: str
    queue_arn: str
    function: str
    batch_size: int
    failures: BatchFailures


@dataclass(frozen=True, slots=True)
class StreamSource:
    """A DynamoDB stream read for a function; a record passes if any pattern (JSON) matches, or if there is none."""

    table: str
    stream_arn: str
    function: str
    batch_size: int
    patterns: tuple[str, ...]
    failures: BatchFailures
    retries: int  # −1: until the record expires, as AWS has it
    bisect: bool
    on_failure: str


@dataclass(frozen=True, slots=True)
class Route:
    """A route of an HTTP API: key as AWS writes it (`POST /models/{model}/predict`, `$default`); "" = open."""

    key: str
    function: str
    scopes: tuple[str, ...]
    authorizer: str
    payload_version: str = "2.0"


@dataclass(frozen=True, slots=True)
class Authorizer:
    """A JWT authorizer. The front signs local tokens with `issuer` as `iss`; an empty audience accepts any."""

    name: str
    issuer: str
    audience: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """A rule's or a scheduler's clock: `rate(…)` or `cron(…)`; `input` is the JSON text sent, "" = AWS's own event."""

    name: str
    expression: str
    target_arn: str
    input: str
    dead_letter_arn: str = ""


@dataclass(frozen=True, slots=True)
class Client:
    """A machine client of the user pool that may use the client_credentials grant."""

    client_id: str
    client_secret: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subscription:
    """An SNS subscription; `filter_policy` is JSON text or ""."""

    topic_arn: str
    protocol: str
    endpoint: str
    filter_policy: str


@dataclass(frozen=True, slots=True)
class Deployment:
    """Everything that was deployed and that the front has to set in motion."""

    region: str
    account: str
    functions: tuple[Function, ...] = ()
    queue_sources: tuple[QueueSource, ...] = ()
    stream_sources: tuple[StreamSource, ...] = ()
    routes: tuple[Route, ...] = ()
    authorizers: tuple[Authorizer, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    composite_alarms: tuple[CompositeAlarm, ...] = ()
    log_subscriptions: tuple[LogSubscription, ...] = ()
    metric_filters: tuple[MetricFilter, ...] = ()
    delivery_streams: tuple[DeliveryStream, ...] = ()
    clients: tuple[Client, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()
    state_machines: tuple[str, ...] = ()
    buckets: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    outputs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the parts of the embedded cloud listen; moto and dynamodb are URLs."""

    moto: str
    dynamodb: str
    front_host: str
    front_port: int

    @property
    def front(self) -> str:
        """The URL of the front: gateway, token endpoint, mailbox and Lambda's invoke."""
        return f"http://{self.front_host}:{self.front_port}"


@dataclass(frozen=True, slots=True)
class FrontConfig:
    """All that `python -m local.front <file>` needs to know; `tempo` divides what templates say about time."""

    deployment: Deployment
    addresses: Addresses
    tempo: float
    state_dir: Path
    python: Path


_CONFIG = TypeAdapter(FrontConfig)


def dump(config: FrontConfig, path: Path) -> None:
    """Write the front's configuration, readable by its owner alone since it holds client secrets."""
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_bytes(_CONFIG.dump_json(config, indent=1))


def load(path: Path) -> FrontConfig:
    """Read what `dump` wrote; raises pydantic's ValidationError if it is something else."""
    return _CONFIG.validate_json(path.read_bytes())
