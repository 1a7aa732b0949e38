"""Grants: what a function may do, port by port. The ports that its verbs name are its permission list."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from aws_cdk import aws_iam as iam

from stacks.resources import INDEXES, Resources


class On(StrEnum):
    """What actions are granted on."""

    ARTIFACTS = "artifacts"
    ARTIFACT_OBJECTS = "artifact objects"
    BUS = "bus"
    CAPTURES = "captures"
    CAPTURE_OBJECTS = "capture objects"
    CAPTURES_QUEUE = "captures queue"
    CHECKS = "checks queue"
    DATA = "data"
    DATA_OBJECTS = "data objects"
    DATA_SETS = "data sets"
    EXECUTIONS = "executions"
    INDEXES = "indexes"
    KEY = "key"
    RETIRE = "retire machine"
    RETIREMENTS = "accounts of retirements"
    SLACK = "Slack's webhooks"
    SLOTS = "slots"
    SUBSCRIPTIONS = "subscriptions"
    TABLE = "table"
    TOPIC = "topic"
    UPLOADS = "uploads queue"
    WHEEL = "wheel"


@dataclass(frozen=True, slots=True)
class Grant:
    """Actions on one thing."""

    on: On
    actions: tuple[str, ...]


DECRYPT = Grant(On.KEY, ("kms:Decrypt",))
ENCRYPT = Grant(On.KEY, ("kms:Decrypt", "kms:GenerateDataKey"))
LIST_ARTIFACTS = Grant(On.ARTIFACTS, ("s3:ListBucket",))

GRANTS: Mapping[str, tuple[Grant, ...]] = {
    "registry": (
        Grant(
            On.TABLE,
            (
                "dynamodb:GetItem",
                "dynamodb:Query",
                "dynamodb:PutItem",
                "dynamodb:UpdateItem",
                "dynamodb:ConditionCheckItem",
            ),
        ),
        Grant(On.INDEXES, ("dynamodb:Query",)),
        ENCRYPT,
    ),
    "servings": (Grant(On.TABLE, ("dynamodb:GetItem",)), DECRYPT),
    "uploads": (
        Grant(On.DATA_OBJECTS, ("s3:GetObject", "s3:GetObjectVersion")),
        Grant(On.DATA, ("s3:ListBucket",)),
        DECRYPT,
    ),
    "captures": (Grant(On.CAPTURE_OBJECTS, ("s3:GetObject",)), Grant(On.CAPTURES, ("s3:ListBucket",)), DECRYPT),
    "slots": (Grant(On.SLOTS, ("s3:GetObject", "s3:PutObject")), LIST_ARTIFACTS, ENCRYPT),
    "profiles": (Grant(On.TABLE, ("dynamodb:Query", "dynamodb:PutItem")), ENCRYPT),
    "artifacts": (Grant(On.ARTIFACT_OBJECTS, ("s3:GetObject", "s3:PutObject")), LIST_ARTIFACTS, ENCRYPT),
    "eraser": (
        Grant(On.ARTIFACTS, ("s3:ListBucketVersions",)),
        Grant(On.ARTIFACT_OBJECTS, ("s3:DeleteObjectVersion",)),
    ),
    "leftovers": (LIST_ARTIFACTS,),
    "doorstep": (Grant(On.DATA_SETS, ("s3:PutObject",)), ENCRYPT),
    "arrivals": (Grant(On.DATA, ("s3:ListBucketVersions",)), Grant(On.UPLOADS, ("sqs:SendMessage",)), ENCRYPT),
    "deliveries": (Grant(On.CAPTURES_QUEUE, ("sqs:SendMessage",)), ENCRYPT),
    "wheel": (
        Grant(On.WHEEL, ("states:StartExecution", "states:ListExecutions")),
        Grant(On.EXECUTIONS, ("states:DescribeExecution", "states:StopExecution")),
    ),
    "tasks": (Grant(On.WHEEL, ("states:SendTaskFailure", "states:SendTaskSuccess")),),
    "drains": (Grant(On.RETIRE, ("states:StartExecution",)),),
    "checks": (Grant(On.CHECKS, ("sqs:GetQueueAttributes", "sqs:SendMessage")), ENCRYPT),
    "slack": (Grant(On.SLACK, ("secretsmanager:GetSecretValue",)), DECRYPT),
    "notices": (
        Grant(On.TOPIC, ("sns:Publish", "sns:Subscribe", "sns:ListSubscriptionsByTopic")),
        Grant(On.SUBSCRIPTIONS, ("sns:GetSubscriptionAttributes", "sns:SetSubscriptionAttributes", "sns:Unsubscribe")),
        ENCRYPT,
    ),
    "bus": (Grant(On.BUS, ("events:PutEvents",)),),
    "clock": (),
    "ids": (),
    "scratch": (),
    "code": (),
    "fresh_s": (),
    "platform_owners": (),
}
"""Port → grants. Lists of a bucket are granted because S3 hides from others that a key is absent."""

READS: Mapping[str, tuple[Grant, ...]] = {
    "artifacts": (Grant(On.ARTIFACT_OBJECTS, ("s3:GetObject",)), LIST_ARTIFACTS, DECRYPT)
}
"""The same port for a function whose verbs only read."""

ACCOUNTS: Mapping[str, tuple[Grant, ...]] = {
    "artifacts": (
        Grant(On.ARTIFACT_OBJECTS, ("s3:GetObject",)),
        Grant(On.RETIREMENTS, ("s3:PutObject",)),
        LIST_ARTIFACTS,
        ENCRYPT,
    )
}
"""And for the one that people retire versions through: it writes why, and no artifact that anything would load."""


SEES: Mapping[str, tuple[Grant, ...]] = {
    "captures": (Grant(On.CAPTURES, ("s3:ListBucket",)),),
    "profiles": (Grant(On.TABLE, ("dynamodb:Query",)), DECRYPT),
}
"""And for the one that sees what was delivered and what was counted, and reads neither rows nor counts."""


def grants(ports: tuple[str, ...], instead: Mapping[str, tuple[Grant, ...]]) -> Iterator[Grant]:
    """What a function with these ports may do, and nothing else; some ports may mean less to it than to others."""
    for port in ports:
        yield from instead.get(port, GRANTS[port])


def statement(grant: Grant, resources: Resources) -> iam.PolicyStatement:
    """The grant as a role says it."""
    return iam.PolicyStatement(actions=list(grant.actions), resources=_arns(resources)[grant.on])


def _arns(of: Resources) -> Mapping[On, list[str]]:
    """SNS knows no resource type for subscriptions: actions on one are granted on all or not at all."""
    return {
        On.ARTIFACTS: [of.artifacts.bucket_arn],
        On.ARTIFACT_OBJECTS: [f"{of.artifacts.bucket_arn}/*"],
        On.BUS: [of.bus.event_bus_arn],
        On.CAPTURES: [of.captures.bucket_arn],
        On.CAPTURE_OBJECTS: [f"{of.captures.bucket_arn}/*"],
        On.CAPTURES_QUEUE: [of.captures_arn],
        On.CHECKS: [of.checks_arn],
        On.DATA: [of.data.bucket_arn],
        On.DATA_OBJECTS: [f"{of.data.bucket_arn}/*"],
        On.DATA_SETS: [f"{of.data.bucket_arn}/*/datasets/*"],
        On.EXECUTIONS: [of.executions_arn],
        On.INDEXES: [f"{of.table.table_arn}/index/{index}" for index in INDEXES],
        On.KEY: [of.key.key_arn],
        On.RETIREMENTS: [f"{of.artifacts.bucket_arn}/*/retirements/*"],
        On.RETIRE: [of.retire_arn],
        On.SLACK: [of.slack.secret_arn],
        On.SLOTS: [f"{of.artifacts.bucket_arn}/*/slots/*"],
        On.SUBSCRIPTIONS: ["*"],
        On.TABLE: [of.table.table_arn],
        On.TOPIC: [of.topic.topic_arn],
        On.UPLOADS: [of.uploads_arn],
        On.WHEEL: [of.wheel_arn],
    }
