"""moto keeps composite alarms but has no door for them: PutCompositeAlarm answers 500."""

from __future__ import annotations

from moto.cloudwatch.responses import CloudWatchResponse


def apply() -> None:
    """Take composite alarms in through the door of metric alarms, which reads their rule too."""
    CloudWatchResponse.put_composite_alarm = CloudWatchResponse.put_metric_alarm
