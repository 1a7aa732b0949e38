"""Settings of the clockwork: what events, queues and schedules call."""

from pydantic import BaseModel

from shared.settings.strict import STRICT


class TriggerSettings(BaseModel):
    """trigger"""

    model_config = STRICT
    table: str
    wheel_arn: str


class CloseSettings(BaseModel):
    """close"""

    model_config = STRICT
    table: str
    wheel_arn: str


class SweepSettings(BaseModel):
    """sweep"""

    model_config = STRICT
    table: str
    data_bucket: str
    uploads_queue: str
    captures_bucket: str
    captures_queue: str
    artifacts_bucket: str
    wheel_arn: str
    retire_arn: str


class NotifySettings(BaseModel):
    """notify; `platform_owners` are told what belongs to no model, `slack_secret` holds a webhook a channel."""

    model_config = STRICT
    table: str
    artifacts_bucket: str
    topic_arn: str
    bus_name: str
    platform_owners: str
    slack_secret: str
    slack_url: str = "https://hooks.slack.com"


class FoldSettings(BaseModel):
    """fold"""

    model_config = STRICT
    table: str
    captures_bucket: str
    artifacts_bucket: str


class TickSettings(BaseModel):
    """tick"""

    model_config = STRICT
    table: str
    checks_queue: str


class MonitorSettings(BaseModel):
    """monitor"""

    model_config = STRICT
    table: str
    captures_bucket: str
    artifacts_bucket: str
    wheel_arn: str
    retire_arn: str
