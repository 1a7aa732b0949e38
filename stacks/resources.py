"""Resources: what the registry stack hands to the others."""

from dataclasses import dataclass

from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_events as events
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns

INDEXES = ("GSI1", "GSI2")
"""The table's indexes; the registry's adapter says what they list."""


@dataclass(frozen=True, slots=True)
class Resources:
    """Everything that has state, the people's directory, and the machine by its name."""

    key: kms.IKey
    table: dynamodb.Table
    data: s3.Bucket
    artifacts: s3.Bucket
    topic: sns.Topic
    bus: events.EventBus
    wheel_arn: str
    executions_arn: str
    issuer: str
    client_id: str
    uploads_arn: str = ""
    """The queue in front of trigger: the training stack fills it in for its own functions."""
