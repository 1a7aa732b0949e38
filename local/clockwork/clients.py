"""Clients of the embedded cloud's services, made once each; clients may be shared between threads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import botocore.session
from botocore.config import Config

from local.deployment import Addresses

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_dynamodbstreams import DynamoDBStreamsClient
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_logs import CloudWatchLogsClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_stepfunctions import SFNClient

# A pool as wide as there may be threads; two quick tries, since the server is on this machine
_CONFIG = Config(max_pool_connections=64, retries={"total_max_attempts": 2}, connect_timeout=2, read_timeout=60)
_KEY = "local"


class Clients:
    """One client a service, at moto or at DynamoDB Local; botocore's own, since boto3 takes longer to import."""

    def __init__(self, addresses: Addresses, region: str) -> None:
        session = botocore.session.get_session()

        def client(service: str, url: str = addresses.moto) -> Any:
            return session.create_client(
                service, region, endpoint_url=url, aws_access_key_id=_KEY, aws_secret_access_key=_KEY, config=_CONFIG
            )

        self.sqs: SQSClient = client("sqs")
        self.sns: SNSClient = client("sns")
        self.s3: S3Client = client("s3")
        self.logs: CloudWatchLogsClient = client("logs")
        self.cloudwatch: CloudWatchClient = client("cloudwatch")
        self.events: EventBridgeClient = client("events")
        self.stepfunctions: SFNClient = client("stepfunctions")
        self.streams: DynamoDBStreamsClient = client("dynamodbstreams", addresses.dynamodb)
