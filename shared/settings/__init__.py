"""Settings: one frozen class a function is its whole environment; the stack instantiates the same class to write it."""

import os
from collections.abc import Mapping

from pydantic import BaseModel

from shared.settings.clockwork import (
    CloseSettings,
    FoldSettings,
    MonitorSettings,
    NotifySettings,
    SweepSettings,
    TickSettings,
    TriggerSettings,
)
from shared.settings.doors import ApiSettings, FeedbackSettings, PredictSettings
from shared.settings.steps import (
    ApproveSettings,
    DataSettings,
    DeploySettings,
    EvaluateSettings,
    JudgeSettings,
    PromoteSettings,
    RegisterSettings,
    RetireSettings,
    RollbackSettings,
    ScoreSettings,
    TrainSettings,
)

__all__ = [
    "ApiSettings",
    "ApproveSettings",
    "CloseSettings",
    "DataSettings",
    "DeploySettings",
    "EvaluateSettings",
    "FeedbackSettings",
    "FoldSettings",
    "JudgeSettings",
    "MonitorSettings",
    "NotifySettings",
    "PredictSettings",
    "PromoteSettings",
    "RegisterSettings",
    "RetireSettings",
    "RollbackSettings",
    "ScoreSettings",
    "SweepSettings",
    "TickSettings",
    "TrainSettings",
    "TriggerSettings",
    "environment",
    "read",
]


def read(settings: type[BaseModel], environ: Mapping[str, str] = os.environ) -> BaseModel:
    """The settings that a function's environment holds; raises pydantic's ValidationError for what is missing."""
    return settings.model_validate({n: environ[n.upper()] for n in settings.model_fields if n.upper() in environ})


def environment(settings: BaseModel) -> dict[str, str]:
    """What the stack writes into the environment, so that `read` gives the settings back."""
    return {name.upper(): str(value) for name, value in settings.model_dump(mode="json").items()}
