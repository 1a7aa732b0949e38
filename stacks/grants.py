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
    DATA = "data"
    DATA_OBJECTS = "data objects"
    EXECUTIONS = "executions"
    INDEXES = "indexes"
    KEY = "key"
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
    "artifacts": (Grant(On.ARTIFACT_OBJECTS, ("s3:GetObject", "s3:PutObject")), LIST_ARTIFACTS, ENCRYPT),
    "arrivals": (Grant(On.DATA, ("s3:ListBucketVersions",)), Grant(On.UPLOADS, ("sqs:SendMessage",)), ENCRYPT),
    "wheel": (
        Grant(On.WHEEL, ("states:StartExecution",)),
        Grant(On.EXECUTIONS, ("states:DescribeExecution", "states:StopExecution")),
    ),
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

READ_ONLY: Mapping[str, tuple[Grant, ...]] = {
    "artifacts": (Grant(On.ARTIFACT_OBJECTS, ("s3:GetObject",)), LIST_ARTIFACTS, DECRYPT)
}
"""The same ports for a function whose verbs only read: what the internet reaches writes no artifact."""


def grants(ports: tuple[str, ...], only_reads: frozenset[str]) -> Iterator[Grant]:
    """What a function with these ports may do, and nothing else."""
    for port in ports:
        yield from READ_ONLY[port] if port in only_reads else GRANTS[port]


def statement(grant: Grant, resources: Resources) -> iam.PolicyStatement:
    """The grant as a role says it."""
    return iam.PolicyStatement(actions=list(grant.actions), resources=_arns(resources)[grant.on])


def _arns(of: Resources) -> Mapping[On, list[str]]:
    """SNS knows no resource type for subscriptions: actions on one are granted on all or not at all."""
    return {
        On.ARTIFACTS: [of.artifacts.bucket_arn],
        On.ARTIFACT_OBJECTS: [f"{of.artifacts.bucket_arn}/*"],
        On.BUS: [of.bus.event_bus_arn],
        On.DATA: [of.data.bucket_arn],
        On.DATA_OBJECTS: [f"{of.data.bucket_arn}/*"],
        On.EXECUTIONS: [of.executions_arn],
        On.INDEXES: [f"{of.table.table_arn}/index/{index}" for index in INDEXES],
        On.KEY: [of.key.key_arn],
        On.SUBSCRIPTIONS: ["*"],
        On.TABLE: [of.table.table_arn],
        On.TOPIC: [of.topic.topic_arn],
        On.UPLOADS: [of.uploads_arn],
        On.WHEEL: [of.wheel_arn],
    }
