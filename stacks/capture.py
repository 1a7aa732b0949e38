"""Capture: the lines that predict and feedback print become objects by hour, at no call of theirs.

Log group → subscription → Firehose → bucket. Firehose gets batches of log events as CloudWatch packs them; it unpacks
them and writes their messages alone. A delimiter is added between them: an empty line means nothing to a reader, two
lines run into one would be lost.
"""

from collections.abc import Mapping

from aws_cdk import RemovalPolicy, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesisfirehose as firehose
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from stacks.resources import Resources

CAPTURED: Mapping[str, str] = {"predict": "captured", "feedback": "outcomes"}
"""Function → the key that its captured lines have; its other lines stay where they are."""

PREFIX = "captured/"
"""Where captured objects lie, by the hour: fold hears of these."""

INTERVAL_S = 60
"""The shortest that is not billed as many small objects: what was asked is counted two minutes later."""

SIZE_MIB = 4
"""About ten thousand rows: what fold reads, merges and writes in one go."""

FAILED = "failed/"
"""Where Firehose puts what it could not unpack, beside the prefix that fold hears of."""

Processor = firehose.CfnDeliveryStream.ProcessorProperty
Parameter = firehose.CfnDeliveryStream.ProcessorParameterProperty
UNPACKED = (
    Processor(type="Decompression", parameters=[Parameter(parameter_name="CompressionFormat", parameter_value="GZIP")]),
    Processor(
        type="CloudWatchLogProcessing",
        parameters=[Parameter(parameter_name="DataMessageExtraction", parameter_value="true")],
    ),
    Processor(
        type="AppendDelimiterToRecord", parameters=[Parameter(parameter_name="Delimiter", parameter_value="\\n")]
    ),
)


def capture(scope: Stack, functions: Mapping[str, lambda_.Function], resources: Resources) -> None:
    """Subscribe the stream to the captured lines of these functions, by name."""
    stream = _stream(scope, resources)
    role = _subscriber(scope, stream)
    for name, key in CAPTURED.items():
        subscription = logs.CfnSubscriptionFilter(
            scope,
            f"{name.capitalize()}Captured",
            log_group_name=functions[name].log_group.log_group_name,
            filter_pattern=logs.FilterPattern.exists(f"$.{key}").log_pattern_string,
            destination_arn=stream.attr_arn,
            role_arn=role.role_arn,
        )
        subscription.node.add_dependency(role)  # CloudWatch tries it while the subscription is made


def _stream(scope: Stack, resources: Resources) -> firehose.CfnDeliveryStream:
    group = logs.LogGroup(
        scope, "CapturesLogs", retention=logs.RetentionDays.ONE_MONTH, removal_policy=RemovalPolicy.DESTROY
    )
    told = logs.LogStream(scope, "CapturesLog", log_group=group, removal_policy=RemovalPolicy.DESTROY)
    role = _writer(scope, resources, group)
    made = firehose.CfnDeliveryStream
    stream = made(
        scope,
        "Captures",
        delivery_stream_name="treadle-captures",
        delivery_stream_type="DirectPut",
        delivery_stream_encryption_configuration_input=made.DeliveryStreamEncryptionConfigurationInputProperty(
            key_type="AWS_OWNED_CMK"
        ),
        extended_s3_destination_configuration=made.ExtendedS3DestinationConfigurationProperty(
            bucket_arn=resources.captures.bucket_arn,
            role_arn=role.role_arn,
            prefix=f"{PREFIX}!{{timestamp:yyyy/MM/dd/HH}}/",
            error_output_prefix=f"{FAILED}!{{firehose:error-output-type}}/!{{timestamp:yyyy/MM/dd/HH}}/",
            buffering_hints=made.BufferingHintsProperty(interval_in_seconds=INTERVAL_S, size_in_m_bs=SIZE_MIB),
            compression_format="UNCOMPRESSED",
            processing_configuration=made.ProcessingConfigurationProperty(enabled=True, processors=list(UNPACKED)),
            cloud_watch_logging_options=made.CloudWatchLoggingOptionsProperty(
                enabled=True, log_group_name=group.log_group_name, log_stream_name=told.log_stream_name
            ),
        ),
    )
    stream.node.add_dependency(role)
    return stream


def _writer(scope: Stack, resources: Resources, group: logs.LogGroup) -> iam.Role:
    """What Firehose may do: write objects under the two prefixes, and say what went wrong."""
    confused = {"StringEquals": {"sts:ExternalId": scope.account}}
    role = iam.Role(
        scope, "CapturesRole", assumed_by=iam.ServicePrincipal("firehose.amazonaws.com", conditions=confused)
    )
    bucket = resources.captures
    objects = [bucket.arn_for_objects(f"{prefix}*") for prefix in (PREFIX, FAILED)]
    for actions, on in (
        (("s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"), objects),
        (("s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"), [bucket.bucket_arn]),
        (("kms:Decrypt", "kms:GenerateDataKey"), [resources.key.key_arn]),
        (("logs:PutLogEvents",), [group.log_group_arn]),
    ):
        role.add_to_policy(iam.PolicyStatement(actions=list(actions), resources=on))
    return role


def _subscriber(scope: Construct, stream: firehose.CfnDeliveryStream) -> iam.Role:
    """What CloudWatch Logs may do for the subscriptions: put records on the one stream."""
    of = Stack.of(scope)
    confused = {"StringLike": {"aws:SourceArn": f"arn:{of.partition}:logs:{of.region}:{of.account}:*"}}
    role = iam.Role(scope, "CapturedRole", assumed_by=iam.ServicePrincipal("logs.amazonaws.com", conditions=confused))
    role.add_to_policy(
        iam.PolicyStatement(actions=["firehose:PutRecord", "firehose:PutRecordBatch"], resources=[stream.attr_arn])
    )
    return role
