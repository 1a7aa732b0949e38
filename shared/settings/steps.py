"""Settings of the steps: what the machines call, in the wheel's order."""

from pydantic import BaseModel

from shared.settings.strict import STRICT


class DataSettings(BaseModel):
    """data"""

    model_config = STRICT
    table: str
    data_bucket: str
    captures_bucket: str
    artifacts_bucket: str


class TrainSettings(BaseModel):
    """train"""

    model_config = STRICT
    table: str
    artifacts_bucket: str
    code: str


class ScoreSettings(BaseModel):
    """score"""

    model_config = STRICT
    table: str
    captures_bucket: str
    artifacts_bucket: str


class EvaluateSettings(BaseModel):
    """evaluate"""

    model_config = STRICT
    table: str
    artifacts_bucket: str


class RegisterSettings(BaseModel):
    """register"""

    model_config = STRICT
    table: str
    artifacts_bucket: str


class ApproveSettings(BaseModel):
    """approve"""

    model_config = STRICT
    table: str


class DeploySettings(BaseModel):
    """deploy"""

    model_config = STRICT
    table: str


class JudgeSettings(BaseModel):
    """judge"""

    model_config = STRICT
    table: str
    captures_bucket: str
    artifacts_bucket: str


class PromoteSettings(BaseModel):
    """promote"""

    model_config = STRICT
    table: str
    retire_arn: str


class RollbackSettings(BaseModel):
    """rollback"""

    model_config = STRICT
    table: str


class RetireSettings(BaseModel):
    """retire"""

    model_config = STRICT
    table: str
    artifacts_bucket: str
