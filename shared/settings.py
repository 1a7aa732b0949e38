"""Settings: one frozen class a function is its whole environment; the stack instantiates the same class to write it."""

import os
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

_STRICT = ConfigDict(frozen=True, extra="forbid")


def read(settings: type[BaseModel], environ: Mapping[str, str] = os.environ) -> BaseModel:
    """The settings that a function's environment holds; raises pydantic's ValidationError for what is missing."""
    return settings.model_validate({n: environ[n.upper()] for n in settings.model_fields if n.upper() in environ})


def environment(settings: BaseModel) -> dict[str, str]:
    """What the stack writes into the environment, so that `read` gives the settings back."""
    return {name.upper(): str(value) for name, value in settings.model_dump(mode="json").items()}


class TriggerSettings(BaseModel):
    """trigger"""

    model_config = _STRICT
    table: str
    wheel_arn: str


class DataSettings(BaseModel):
    """data"""

    model_config = _STRICT
    table: str
    data_bucket: str
    captures_bucket: str
    artifacts_bucket: str


class TrainSettings(BaseModel):
    """train"""

    model_config = _STRICT
    table: str
    artifacts_bucket: str
    code: str


class ScoreSettings(BaseModel):
    """score"""

    model_config = _STRICT
    table: str
    captures_bucket: str
    artifacts_bucket: str


class EvaluateSettings(BaseModel):
    """evaluate"""

    model_config = _STRICT
    table: str
    artifacts_bucket: str


class RegisterSettings(BaseModel):
    """register"""

    model_config = _STRICT
    table: str
    artifacts_bucket: str


class DeploySettings(BaseModel):
    """deploy"""

    model_config = _STRICT
    table: str


class PromoteSettings(BaseModel):
    """promote"""

    model_config = _STRICT
    table: str
    retire_arn: str


class PredictSettings(BaseModel):
    """predict; `fresh_s` is how many seconds a serving record may be old."""

    model_config = _STRICT
    table: str
    artifacts_bucket: str
    fresh_s: float = 2.0


class NotifySettings(BaseModel):
    """notify; `platform_owners` are told what belongs to no model, `slack_secret` holds a webhook a channel."""

    model_config = _STRICT
    table: str
    artifacts_bucket: str
    topic_arn: str
    bus_name: str
    platform_owners: str
    slack_secret: str
    slack_url: str = "https://hooks.slack.com"


class CloseSettings(BaseModel):
    """close"""

    model_config = _STRICT
    table: str
    wheel_arn: str


class SweepSettings(BaseModel):
    """sweep"""

    model_config = _STRICT
    table: str
    data_bucket: str
    uploads_queue: str
    captures_bucket: str
    captures_queue: str
    wheel_arn: str
    retire_arn: str


class ApiSettings(BaseModel):
    """api"""

    model_config = _STRICT
    table: str
    data_bucket: str
    artifacts_bucket: str
    wheel_arn: str
    retire_arn: str


class FeedbackSettings(BaseModel):
    """feedback; `fresh_s` is how many seconds a serving record may be old."""

    model_config = _STRICT
    table: str
    fresh_s: float = 2.0


class FoldSettings(BaseModel):
    """fold"""

    model_config = _STRICT
    table: str
    captures_bucket: str
    artifacts_bucket: str


class JudgeSettings(BaseModel):
    """judge"""

    model_config = _STRICT
    table: str
    captures_bucket: str
    artifacts_bucket: str


class RollbackSettings(BaseModel):
    """rollback"""

    model_config = _STRICT
    table: str


class RetireSettings(BaseModel):
    """retire"""

    model_config = _STRICT
    table: str
    artifacts_bucket: str


class TickSettings(BaseModel):
    """tick"""

    model_config = _STRICT
    table: str
    checks_queue: str


class MonitorSettings(BaseModel):
    """monitor"""

    model_config = _STRICT
    table: str
    captures_bucket: str
    artifacts_bucket: str
    wheel_arn: str
    retire_arn: str
