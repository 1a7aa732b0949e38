"""Resources: what the registry stack hands to the others."""

from dataclasses import dataclass

from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_events as events
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk import aws_sns as sns

INDEXES = ("GSI1", "GSI2")
"""The table's indexes; the registry's adapter says what they list."""


@dataclass(frozen=True, slots=True)
class Resources:
    """Everything that has state, the people's directory, and the machines by their names.

    `topic` is for notices, which recipients choose by filter; `alarms` for alarms, which carry nothing to filter by.
    """

    key: kms.IKey
    table: dynamodb.Table
    data: s3.Bucket
    artifacts: s3.Bucket
    captures: s3.Bucket
    topic: sns.Topic
    alarms: sns.Topic
    slack: secretsmanager.Secret
    bus: events.EventBus
    wheel_arn: str
    executions_arn: str
    retire_arn: str
    issuer: str
    client_id: str
    uploads_arn: str = ""
    """The queue in front of trigger, of the training stack."""
    captures_arn: str = ""
    """The queue in front of fold: the monitoring stack fills it in."""
    checks_arn: str = ""
    """The queue in front of monitor: the monitoring stack fills it in."""
