"""Settings of the doors: what the gateway calls."""

from pydantic import BaseModel

from shared.settings.strict import STRICT


class PredictSettings(BaseModel):
    """predict; `fresh_s` is how many seconds a serving record may be old."""

    model_config = STRICT
    table: str
    artifacts_bucket: str
    fresh_s: float = 2.0


class FeedbackSettings(BaseModel):
    """feedback; `fresh_s` is how many seconds a serving record may be old."""

    model_config = STRICT
    table: str
    fresh_s: float = 2.0


class ApiSettings(BaseModel):
    """api"""

    model_config = STRICT
    table: str
    data_bucket: str
    artifacts_bucket: str
    wheel_arn: str
    retire_arn: str
