"""Plans: every function with its environment, its ports and its size; the steps in the wheel's order."""

from dataclasses import replace

from aws_cdk import aws_logs as logs
from pydantic import BaseModel

from shared import settings
from stacks.grants import ACCOUNTS, READS, SEES
from stacks.platform_function import Plan, code_fingerprint
from stacks.resources import Resources
from stacks.stage import Stage
from stacks.wheel.learn import LIMITS_S

QUEUE_TIMEOUT_S = 60
"""For functions behind a queue that decide."""

COUNT_TIMEOUT_S = 120
"""For functions behind a queue that count: fold and monitor."""

GATEWAY_TIMEOUT_S = 29
"""The gateway gives up after 30 seconds."""

WHOLE = ("registry", "artifacts", "clock", "scratch")

ONE_CPU_MB = 1769
"""A whole processor comes with this much memory."""

CAPTURE_IS_KEPT = logs.RetentionDays.THREE_DAYS
"""Lines with what callers sent: single events cannot be deleted from a log, so the log is short."""


def steps(of: Resources) -> tuple[Plan, ...]:
    """What the machine calls."""
    table, artifacts, captures = of.table.table_name, of.artifacts.bucket_name, of.captures.bucket_name
    data = settings.DataSettings(
        table=table, data_bucket=of.data.bucket_name, captures_bucket=captures, artifacts_bucket=artifacts
    )
    score = settings.ScoreSettings(table=table, captures_bucket=captures, artifacts_bucket=artifacts)
    judge = settings.JudgeSettings(table=table, captures_bucket=captures, artifacts_bucket=artifacts)
    train = settings.TrainSettings(table=table, artifacts_bucket=artifacts, code=code_fingerprint())
    register = settings.RegisterSettings(table=table, artifacts_bucket=artifacts)
    deploy = settings.DeploySettings(table=table)
    promote = settings.PromoteSettings(table=table, retire_arn=of.retire_arn)
    return (
        _whole("data", data, (*WHOLE, "uploads", "captures")),
        _whole("train", train, (*WHOLE, "code")),
        _whole("score", score, (*WHOLE, "captures")),
        _whole("evaluate", settings.EvaluateSettings(table=table, artifacts_bucket=artifacts), WHOLE),
        _decides("register", register, ("registry", "artifacts", "clock")),
        _decides("approve", settings.ApproveSettings(table=table), ("registry", "tasks", "clock")),
        _decides("deploy", deploy, ("registry", "profiles", "clock")),
        replace(_decides("judge", judge, ("registry", "profiles", "captures", "artifacts", "clock")), instead=READS),
        _decides("promote", promote, ("registry", "drains", "clock")),
        _decides("rollback", settings.RollbackSettings(table=table), ("registry", "clock")),
    )


def retire(of: Resources) -> Plan:
    """What the machine of replaced versions calls."""
    chosen = settings.RetireSettings(table=of.table.table_name, artifacts_bucket=of.artifacts.bucket_name)
    return Plan("retire", chosen, ("registry", "profiles", "artifacts", "clock"), ACCOUNTS, timeout_s=QUEUE_TIMEOUT_S)


def trigger(of: Resources) -> Plan:
    """Behind the queue of arrived uploads."""
    chosen = settings.TriggerSettings(table=of.table.table_name, wheel_arn=of.wheel_arn)
    return Plan("trigger", chosen, ("registry", "wheel", "clock", "ids"), timeout_s=QUEUE_TIMEOUT_S)


def close(of: Resources) -> Plan:
    """Behind the queue of ended executions."""
    chosen = settings.CloseSettings(table=of.table.table_name, wheel_arn=of.wheel_arn)
    return Plan("close", chosen, ("registry", "wheel", "clock"), timeout_s=QUEUE_TIMEOUT_S)


def sweep(of: Resources, uploads_queue: str, captures_queue: str) -> Plan:
    """Once an hour."""
    chosen = settings.SweepSettings(
        table=of.table.table_name,
        data_bucket=of.data.bucket_name,
        uploads_queue=uploads_queue,
        captures_bucket=of.captures.bucket_name,
        captures_queue=captures_queue,
        artifacts_bucket=of.artifacts.bucket_name,
        wheel_arn=of.wheel_arn,
        retire_arn=of.retire_arn,
    )
    mended = ("registry", "wheel", "tasks", "drains", "profiles")
    seen = ("arrivals", "captures", "deliveries", "leftovers", "clock")
    return Plan("sweep", chosen, (*mended, *seen), SEES, timeout_s=300)


def doors(of: Resources) -> tuple[Plan, ...]:
    """What the gateway calls: two that answer predictions and hear what came of them, one for all other routes."""
    table, artifacts = of.table.table_name, of.artifacts.bucket_name
    api = settings.ApiSettings(
        table=table,
        data_bucket=of.data.bucket_name,
        artifacts_bucket=artifacts,
        wheel_arn=of.wheel_arn,
        retire_arn=of.retire_arn,
    )
    return (
        Plan(
            "predict",
            settings.PredictSettings(table=table, artifacts_bucket=artifacts),
            ("servings", "artifacts", "clock", "ids", "fresh_s"),
            instead=READS,
            memory_mb=ONE_CPU_MB,
            timeout_s=GATEWAY_TIMEOUT_S,
            keeps_log=CAPTURE_IS_KEPT,
        ),
        Plan(
            "feedback",
            settings.FeedbackSettings(table=table),
            ("servings", "clock", "fresh_s"),
            timeout_s=GATEWAY_TIMEOUT_S,
            keeps_log=CAPTURE_IS_KEPT,
        ),
        Plan(
            "api",
            api,
            ("registry", "artifacts", "eraser", "doorstep", "profiles", "wheel", "tasks", "drains", "clock", "ids"),
            instead=ACCOUNTS,
            timeout_s=GATEWAY_TIMEOUT_S,
        ),
    )


def fold(of: Resources) -> Plan:
    """Behind the queue of captured objects."""
    chosen = settings.FoldSettings(
        table=of.table.table_name, captures_bucket=of.captures.bucket_name, artifacts_bucket=of.artifacts.bucket_name
    )
    ports = ("registry", "captures", "slots", "profiles", "artifacts")
    return Plan("fold", chosen, ports, READS, ONE_CPU_MB, timeout_s=COUNT_TIMEOUT_S)


def tick(of: Resources, checks_queue: str) -> Plan:
    """Every five minutes."""
    chosen = settings.TickSettings(table=of.table.table_name, checks_queue=checks_queue)
    return Plan("tick", chosen, ("registry", "checks"), timeout_s=QUEUE_TIMEOUT_S)


def monitor(of: Resources) -> Plan:
    """Behind the queue of models to look at."""
    chosen = settings.MonitorSettings(
        table=of.table.table_name,
        captures_bucket=of.captures.bucket_name,
        artifacts_bucket=of.artifacts.bucket_name,
        wheel_arn=of.wheel_arn,
        retire_arn=of.retire_arn,
    )
    ports = ("registry", "profiles", "captures", "artifacts", "wheel", "drains", "clock", "ids")
    return Plan("monitor", chosen, ports, READS, ONE_CPU_MB, timeout_s=COUNT_TIMEOUT_S)


def notify(of: Resources, stage: Stage) -> Plan:
    """Behind the table's stream."""
    chosen = settings.NotifySettings(
        table=of.table.table_name,
        artifacts_bucket=of.artifacts.bucket_name,
        topic_arn=of.topic.topic_arn,
        bus_name=of.bus.event_bus_name,
        platform_owners=",".join(stage.owners),
        slack_secret=of.slack.secret_arn,
    )
    ports = ("registry", "artifacts", "notices", "slack", "bus", "platform_owners")
    return Plan("notify", chosen, ports, READS)


def _whole(name: str, chosen: BaseModel, ports: tuple[str, ...]) -> Plan:
    """A step that works on a whole data set; new accounts allow no more memory."""
    return Plan(name, chosen, ports, memory_mb=3008, disk_mb=4096, timeout_s=LIMITS_S[name])


def _decides(name: str, chosen: BaseModel, ports: tuple[str, ...]) -> Plan:
    """A step that writes a decision."""
    return Plan(name, chosen, ports, timeout_s=LIMITS_S[name])
