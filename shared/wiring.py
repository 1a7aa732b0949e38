"""Wiring: ports meet adapters here and nowhere else.

A verb's keyword-only parameters are the ports it may touch; `bind` fills them from this table by name. Adapters are
imported when a verb that names them is first called, so that a function loads only what it uses.
"""

import inspect
import tempfile
from collections.abc import Callable, Mapping
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from pydantic import BaseModel

from shared import settings
from shared.domain import exhausted
from shared.ports.fence import fenced
from shared.ports.registry import Registry

P = ParamSpec("P")
R = TypeVar("R")

Make = Callable[[Any], object]


def _adapter(module: str, name: str, *fields: str) -> Make:
    """Import the adapter when it is first needed, and hand it these fields of the settings."""

    def make(config: Any) -> object:
        return getattr(import_module(f"shared.adapters.{module}"), name)(*(getattr(config, field) for field in fields))

    return make


PORTS: Mapping[str, Make] = {
    "registry": _adapter("dynamodb_registry", "DynamoRegistry", "table"),
    "servings": _adapter("dynamodb_servings", "DynamoServings", "table"),
    "uploads": _adapter("s3_objects", "S3Objects", "data_bucket"),
    "artifacts": _adapter("s3_objects", "S3Objects", "artifacts_bucket"),
    "eraser": _adapter("s3_eraser", "S3Eraser", "artifacts_bucket"),
    "captures": _adapter("s3_objects", "S3Objects", "captures_bucket"),
    "leftovers": _adapter("s3_leftovers", "S3Leftovers", "artifacts_bucket"),
    "slots": _adapter("s3_slots", "S3Slots", "artifacts_bucket"),
    "profiles": _adapter("dynamodb_profiles", "DynamoProfiles", "table"),
    "doorstep": _adapter("s3_doorstep", "S3Doorstep", "data_bucket"),
    "arrivals": _adapter("s3_arrivals", "S3Arrivals", "data_bucket", "uploads_queue"),
    "deliveries": _adapter("sqs_deliveries", "SqsDeliveries", "captures_bucket", "captures_queue"),
    "wheel": _adapter("stepfunctions_wheel", "StepFunctionsWheel", "wheel_arn"),
    "tasks": _adapter("stepfunctions_tasks", "StepFunctionsTasks"),
    "drains": _adapter("stepfunctions_drains", "StepFunctionsDrains", "retire_arn"),
    "checks": _adapter("sqs_checks", "SqsChecks", "checks_queue"),
    "notices": _adapter("sns_notices", "SnsNotices", "topic_arn"),
    "slack": _adapter("slack_webhooks", "SlackWebhooks", "slack_secret", "slack_url"),
    "bus": _adapter("eventbridge_bus", "EventBridgeBus", "bus_name"),
    "clock": _adapter("system_clock", "SystemClock"),
    "ids": _adapter("ulid_ids", "UlidIds"),
    "code": lambda config: config.code,
    "fresh_s": lambda config: config.fresh_s,
    "platform_owners": lambda config: tuple(config.platform_owners.split(",")),
    "scratch": lambda _: Path(tempfile.gettempdir()),
}


def ports(verb: Callable[..., object]) -> tuple[str, ...]:
    """The ports that a verb names: its permission list."""
    return tuple(name for name, p in inspect.signature(verb).parameters.items() if p.kind is p.KEYWORD_ONLY)


@cache
def _made(port: str, chosen: BaseModel) -> object:
    """One adapter a port and settings, however many verbs of a function share it."""
    return PORTS[port](chosen)


def _filled(verb: Callable[..., object], config: type[BaseModel]) -> Mapping[str, object]:
    """The verb's ports, by name."""
    chosen = settings.read(config)
    return {name: _made(name, chosen) for name in ports(verb)}


def _function(config: type[BaseModel]) -> str:
    """The function whose settings these are, as cdk.json names it."""
    return config.__name__.removesuffix("Settings").lower()


def bind(verb: Callable[..., R], config: type[BaseModel]) -> Callable[..., R]:
    """The verb with its ports filled at the first call."""

    @cache
    def bound() -> Callable[..., R]:
        return partial(verb, **_filled(verb, config))

    def call(*request: object) -> R:
        with exhausted.told_for(_function(config)):
            return bound()(*request)

    return call


def step(verb: Callable[..., R], config: type[BaseModel]) -> Callable[[object, object], R]:
    """The verb of a machine's state, called with the attempt that its state tells and the request.

    The attempt claims the step first, and fences the registry.
    """
    filled = cache(partial(_filled, verb, config))

    def call(told: object, request: object) -> R:
        with exhausted.told_for(_function(config)):
            made = filled()
            return verb(request, **{**made, "registry": fenced(cast("Registry", made["registry"]), told)})

    return call
