"""Section monitor: how often and over which window drift is looked for; all of it counts event time."""

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from shared.domain.spec.parts import SECTION, must
from shared.domain.spec.quantities import DURATION_AS_WRITTEN, Duration, Lasting, PerPeriod, Rate

Reaction = Literal["tell", "retrain", "roll_back"]

# Checks add up hourly profiles, so that no window is finer than an hour.
Hours = Annotated[
    Lasting,
    must(lambda time: time % timedelta(hours=1) == timedelta(), "not whole hours", "whole hours, such as 1h or 7d"),
    DURATION_AS_WRITTEN,
]


class Monitor(BaseModel):
    """How often and over which window drift and losses are looked for, and what follows. Counts event time."""

    model_config = SECTION
    every: Hours = Field(timedelta(hours=1), description="How often it is checked; whole hours.")
    window: Hours = Field(timedelta(days=7), description="The time that a check looks back on; whole hours.")
    outcomes: Duration = Field(timedelta(days=2), description="How long after a prediction its outcome is known.")
    false_alarms: PerPeriod = Field(Rate(1, "month"), description="How many alarms by mere chance are bearable.")
    cool_down: Duration = Field(timedelta(days=7), description="After a finding, so long no second one of its kind.")
    on_drift: Reaction = Field("tell", description="What follows when the rows have changed.")
    on_drop: Reaction = Field("tell", description="What follows when the answers have become worse.")
