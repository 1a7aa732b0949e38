"""Plans: every function with its environment, its ports and its size; the steps in the wheel's order."""

from pydantic import BaseModel

from shared import settings
from stacks.platform_function import Plan, code_fingerprint
from stacks.resources import Resources
from stacks.stage import Stage
from stacks.wheel.learn import LIMITS_S

QUEUE_TIMEOUT_S = 60
"""For functions behind a queue."""

GATEWAY_TIMEOUT_S = 29
"""The gateway gives up after 30 seconds."""

READS_ARTIFACTS = frozenset({"artifacts"})


def steps(of: Resources) -> tuple[Plan, ...]:
    """What the machine calls."""
    table, data, artifacts = of.table.table_name, of.data.bucket_name, of.artifacts.bucket_name
    whole = ("registry", "artifacts", "clock", "scratch")
    return (
        _whole(
            "data",
            settings.DataSettings(table=table, data_bucket=data, artifacts_bucket=artifacts),
            (*whole, "uploads"),
        ),
        _whole(
            "train",
            settings.TrainSettings(table=table, artifacts_bucket=artifacts, code=code_fingerprint()),
            (*whole, "code"),
        ),
        _whole("score", settings.ScoreSettings(table=table, artifacts_bucket=artifacts), whole),
        _whole("evaluate", settings.EvaluateSettings(table=table, artifacts_bucket=artifacts), whole),
        _decides(
            "register",
            settings.RegisterSettings(table=table, artifacts_bucket=artifacts),
            ("registry", "artifacts", "clock"),
        ),
        _decides("deploy", settings.DeploySettings(table=table), ("registry", "clock")),
        _decides("promote", settings.PromoteSettings(table=table), ("registry", "clock")),
    )


def trigger(of: Resources) -> Plan:
    """Behind the queue of arrived uploads."""
    chosen = settings.TriggerSettings(table=of.table.table_name, wheel_arn=of.wheel_arn)
    return Plan("trigger", chosen, ("registry", "wheel", "clock", "ids"), timeout_s=QUEUE_TIMEOUT_S)


def close(of: Resources) -> Plan:
    """Behind the queue of ended executions."""
    chosen = settings.CloseSettings(table=of.table.table_name, wheel_arn=of.wheel_arn)
    return Plan("close", chosen, ("registry", "wheel", "clock"), timeout_s=QUEUE_TIMEOUT_S)


def sweep(of: Resources, uploads_queue: str) -> Plan:
    """Once an hour."""
    table, data = of.table.table_name, of.data.bucket_name
    chosen = settings.SweepSettings(table=table, data_bucket=data, uploads_queue=uploads_queue, wheel_arn=of.wheel_arn)
    return Plan("sweep", chosen, ("registry", "wheel", "arrivals", "clock"), timeout_s=300)


def doors(of: Resources) -> tuple[Plan, ...]:
    """What the gateway calls: one function that answers predictions and nothing else, one for all other routes."""
    table, artifacts, wheel = of.table.table_name, of.artifacts.bucket_name, of.wheel_arn
    return (
        Plan(
            "predict",
            settings.PredictSettings(table=table, artifacts_bucket=artifacts),
            ("servings", "artifacts", "clock", "ids", "fresh_s"),
            only_reads=READS_ARTIFACTS,
            memory_mb=1769,
            timeout_s=GATEWAY_TIMEOUT_S,
        ),
        Plan(
            "api",
            settings.ApiSettings(table=table, artifacts_bucket=artifacts, wheel_arn=wheel),
            ("registry", "artifacts", "wheel", "clock", "ids"),
            only_reads=READS_ARTIFACTS,
            timeout_s=GATEWAY_TIMEOUT_S,
        ),
    )


def notify(of: Resources, stage: Stage) -> Plan:
    """Behind the table's stream."""
    chosen = settings.NotifySettings(
        table=of.table.table_name,
        topic_arn=of.topic.topic_arn,
        bus_name=of.bus.event_bus_name,
        platform_owners=",".join(stage.owners),
    )
    return Plan("notify", chosen, ("registry", "notices", "bus", "platform_owners"))


def _whole(name: str, chosen: BaseModel, ports: tuple[str, ...]) -> Plan:
    """A step that works on a whole data set; new accounts allow no more memory."""
    return Plan(name, chosen, ports, memory_mb=3008, disk_mb=4096, timeout_s=LIMITS_S[name])


def _decides(name: str, chosen: BaseModel, ports: tuple[str, ...]) -> Plan:
    """A step that writes a decision."""
    return Plan(name, chosen, ports, timeout_s=LIMITS_S[name])
