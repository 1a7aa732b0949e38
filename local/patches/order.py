"""Every patch, in the order in which they are applied."""

from __future__ import annotations

from pathlib import Path

from local.front_calls import Front
from local.patches import (
    composite_alarms,
    conditional_writes,
    empty_bodies,
    execution_events,
    interpreter_clients,
    lambda_invoke,
    lost_calls,
    metadata_case,
    outside_world,
    rule_targets,
    s3_events,
    s3_files,
    sns_subscriptions,
    stopped_while_waiting,
    task_failure_cause,
    waiting_until,
)


def apply_all(front: Front, moto_url: str, state: Path) -> None:
    """Apply every patch: calls go to `front`, what is kept lies below `state`."""
    lambda_invoke.apply(front)
    interpreter_clients.apply(front.url, moto_url)
    lost_calls.apply()
    task_failure_cause.apply()
    stopped_while_waiting.apply()
    waiting_until.apply()
    outside_world.apply(front)
    s3_events.apply()
    s3_files.apply(state / "s3")
    sns_subscriptions.apply(state / "subscribers.json")
    conditional_writes.apply()
    metadata_case.apply()
    empty_bodies.apply()
    composite_alarms.apply()
    rule_targets.apply(front)
    execution_events.apply(state / "executions")
