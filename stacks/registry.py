"""Registry: everything that has state, in a stack of its own; the others can be torn down without losing a thing."""

from typing import cast

from aws_cdk import ArnFormat, CfnOutput, Duration, SecretValue, Stack, Tags
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk import aws_sns as sns
from constructs import Construct

from stacks.people import people
from stacks.resources import INDEXES, Resources
from stacks.stage import Stage

WHEEL, RETIRE = "treadle-learn", "treadle-retire"
KEY_USERS = {
    "events.amazonaws.com": "rules put messages on encrypted queues",
    "cloudwatch.amazonaws.com": "alarms publish to the encrypted topic",
}
"""Services that encrypt with the platform's key, and why. What the key's policy forgets fails silently on AWS."""

EXPIRES = "expires"
"""What only matters for a while says in this attribute until when: epoch seconds. Records have none."""

CAPTURES_ARE_FORGOTTEN = s3.LifecycleRule(expiration=Duration.days(90), noncurrent_version_expiration=Duration.days(1))
"""What callers sent is kept for 90 days, as `predict.keep` says unless a spec says less."""


class Registry(Stack):
    """Table, buckets, topics, bus, key, the secret of Slack's webhooks, and the people's directory."""

    def __init__(self, scope: Construct, name: str, stage: Stage) -> None:
        super().__init__(scope, name, description="Treadle: everything that has state")
        key = self._key(stage)
        issuer = people(self, stage)
        logs = self._access_logs(stage)
        self.resources = Resources(
            key=key,
            table=self._table(stage, key),
            data=self._bucket("Data", stage, key, logs),
            artifacts=self._bucket("Artifacts", stage, key, logs),
            captures=self._bucket("Captures", stage, key, logs, CAPTURES_ARE_FORGOTTEN),
            topic=sns.Topic(self, "Notices", master_key=key, enforce_ssl=True),
            alarms=self._alarms(stage, key),
            slack=self._slack(stage, key),
            bus=events.EventBus(self, "Bus", event_bus_name="treadle"),
            wheel_arn=self._arn("stateMachine", WHEEL),
            executions_arn=self._arn("execution", f"{WHEEL}:*"),
            retire_arn=self._arn("stateMachine", RETIRE),
            issuer=issuer.url,
            client_id=issuer.client_id,
        )
        _announce(self.resources.data)
        _announce(self.resources.captures)
        CfnOutput(self, "DataBucket", value=self.resources.data.bucket_name)
        CfnOutput(self, "TableName", value=self.resources.table.table_name)

    def _arn(self, resource: str, name: str) -> str:
        """The machine has a fixed name, so that a function may start the machine of a stack that is made after it."""
        return self.format_arn(
            service="states", resource=resource, resource_name=name, arn_format=ArnFormat.COLON_RESOURCE_NAME
        )

    def _key(self, stage: Stage) -> kms.Key:
        key = kms.Key(self, "Key", alias="treadle", enable_key_rotation=True, removal_policy=stage.removal)
        for service, why in KEY_USERS.items():
            key.add_to_resource_policy(
                iam.PolicyStatement(
                    sid=why.title().replace(" ", ""),
                    principals=[iam.ServicePrincipal(service)],
                    actions=["kms:Decrypt", "kms:GenerateDataKey"],
                    resources=["*"],
                )
            )
        return key

    def _table(self, stage: Stage, key: kms.Key) -> dynamodb.Table:
        table = dynamodb.Table(
            self,
            "Table",
            partition_key=_text("PK"),
            sort_key=_text("SK"),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=dynamodb.TableEncryption.CUSTOMER_MANAGED,
            encryption_key=key,
            time_to_live_attribute=EXPIRES,
            stream=dynamodb.StreamViewType.NEW_IMAGE,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            deletion_protection=stage.protected,
            removal_policy=stage.removal,
        )
        for index in INDEXES:
            table.add_global_secondary_index(
                index_name=index, partition_key=_text(f"{index}PK"), sort_key=_text(f"{index}SK")
            )
        return table

    def _bucket(
        self, purpose: str, stage: Stage, key: kms.Key, logs: s3.Bucket, *forgets: s3.LifecycleRule
    ) -> s3.Bucket:
        """Versioned, encrypted, private, over TLS only."""
        return s3.Bucket(
            self,
            purpose,
            versioned=True,
            encryption=s3.BucketEncryption.KMS,
            encryption_key=key,
            bucket_key_enabled=True,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            enforce_ssl=True,
            server_access_logs_bucket=logs,
            server_access_logs_prefix=f"{purpose.lower()}/",
            lifecycle_rules=[s3.LifecycleRule(abort_incomplete_multipart_upload_after=Duration.days(7)), *forgets],
            removal_policy=stage.removal,
        )

    def _access_logs(self, stage: Stage) -> s3.Bucket:
        """Who read and wrote the other buckets; S3 delivers its logs to buckets under its own key only."""
        return s3.Bucket(
            self,
            "AccessLogs",
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            enforce_ssl=True,
            lifecycle_rules=[s3.LifecycleRule(expiration=Duration.days(90))],
            removal_policy=stage.removal,
        )

    def _alarms(self, stage: Stage, key: kms.Key) -> sns.Topic:
        """Alarms have a topic of their own: CloudWatch sends no attributes, and every notice is chosen by one."""
        topic = sns.Topic(self, "Alarms", master_key=key, enforce_ssl=True)
        topic.grant_publish(
            iam.ServicePrincipal(
                "cloudwatch.amazonaws.com", conditions={"StringEquals": {"aws:SourceAccount": self.account}}
            )
        )
        for number, (protocol, endpoint) in enumerate(stage.subscribers):
            sns.CfnSubscription(self, f"Owner{number}", topic_arn=topic.topic_arn, protocol=protocol, endpoint=endpoint)
        return topic

    def _slack(self, stage: Stage, key: kms.Key) -> secretsmanager.Secret:
        """A JSON object, channel → webhook; it is deployed empty, and who owns the platform fills it in."""
        secret = secretsmanager.Secret(
            self,
            "Slack",
            description="Treadle: the webhook of each Slack channel, as a JSON object",
            secret_string_value=SecretValue.unsafe_plain_text("{}"),  # nothing secret in it yet
            encryption_key=key,
            removal_policy=stage.removal,
        )
        Tags.of(secret).add("holds", "slack-webhooks")
        CfnOutput(self, "SlackSecret", value=secret.secret_arn)
        return secret


def _announce(bucket: s3.Bucket) -> None:
    """Tell EventBridge of every object: the property of CloudFormation, since CDK's own makes a custom resource."""
    cast(
        "s3.CfnBucket", bucket.node.default_child
    ).notification_configuration = s3.CfnBucket.NotificationConfigurationProperty(
        event_bridge_configuration=s3.CfnBucket.EventBridgeConfigurationProperty(event_bridge_enabled=True)
    )


def _text(name: str) -> dynamodb.Attribute:
    return dynamodb.Attribute(name=name, type=dynamodb.AttributeType.STRING)
