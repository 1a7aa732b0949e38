"""What was captured outlives the end of the embedded cloud: it is delivered, and told of again at the next start."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from local.deployment import DeliveryStream, Deployment, LogSubscription
from local.resources.resource import Cloud as Making
from local.retold import retell
from local.vault import Vault
from tests.contract.live_cloud import ACCOUNT, REGION, Cloud, front, made, moto

PRINTS = """
def say(event, context):
    print('{"captured": "flights", "at": 1, "rows": []}')
    print('{"message": "about captured flights"}')
"""
SLOW = DeliveryStream(
    "captures", f"arn:aws:firehose:{REGION}:{ACCOUNT}:deliverystream/captures", "captured", "captured/", 36_000
)
SUBSCRIBED = LogSubscription("/aws/lambda/say", '{ $.captured = "*" }', SLOW.arn)


@pytest.fixture(scope="module")
def cloud(dynamodb: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    tmp = tmp_path_factory.mktemp("cloud")
    (tmp / "handlers.py").write_text(PRINTS)
    with moto(tmp, dynamodb) as running:
        running.client("s3").create_bucket(Bucket="captured", CreateBucketConfiguration={"LocationConstraint": REGION})
        yield running


def _objects(cloud: Cloud, bucket: str) -> list[bytes]:
    s3 = cloud.client("s3")
    keys = [one["Key"] for one in s3.list_objects_v2(Bucket=bucket).get("Contents", [])]
    return [s3.get_object(Bucket=bucket, Key=key)["Body"].read() for key in keys]


def test_what_was_captured_last_is_delivered_when_the_cloud_ends(cloud: Cloud) -> None:
    deployment = Deployment(REGION, ACCOUNT, log_subscriptions=(SUBSCRIBED,), delivery_streams=(SLOW,))
    with front(cloud, made(deployment, cloud.state_dir.parent, "say")):
        url = f"{cloud.addresses.front}/2015-03-31/functions/say/invocations"
        urlopen(Request(url, b"{}")).close()
    assert _objects(cloud, "captured") == [b'{"captured": "flights", "at": 1, "rows": []}\n']


def _heard(cloud: Cloud, queue: str) -> list[Any]:
    """What the queue was told, and no longer holds."""
    messages = cloud.client("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=10, WaitTimeSeconds=1)
    return [json.loads(message["Body"])["detail"] for message in messages.get("Messages", [])]


def test_objects_of_the_last_minutes_are_told_of_again_at_the_next_start(cloud: Cloud, tmp_path: Path) -> None:
    s3, events = cloud.client("s3"), cloud.client("events")
    s3.create_bucket(Bucket="uploads", CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_bucket_versioning(Bucket="uploads", VersioningConfiguration={"Status": "Enabled"})
    version = s3.put_object(Bucket="uploads", Key="flights/datasets/april.csv", Body=b"x")["VersionId"]
    queue = cloud.client("sqs").create_queue(QueueName="arrivals")["QueueUrl"]
    pattern = {"detail": {"bucket": {"name": ["uploads"]}, "object": {"key": [{"wildcard": "*/datasets/*"}]}}}
    events.put_rule(Name="arrived", EventPattern=json.dumps({"source": ["aws.s3"], **pattern}))
    events.put_targets(Rule="arrived", Targets=[{"Id": "1", "Arn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:arrivals"}])
    making = Making(ACCOUNT, REGION, cloud.addresses, {}, Vault(tmp_path / "secrets.json"))

    assert retell(making, ["uploads"]) == 1
    [detail] = _heard(cloud, queue)
    assert detail["bucket"] == {"name": "uploads"}
    assert {name: detail["object"][name] for name in ("key", "version-id", "size")} == {
        "key": "flights/datasets/april.csv",
        "version-id": version,
        "size": 1,
    }


def test_a_bucket_without_objects_has_nothing_to_tell(cloud: Cloud, tmp_path: Path) -> None:
    cloud.client("s3").create_bucket(Bucket="empty", CreateBucketConfiguration={"LocationConstraint": REGION})
    making = Making(ACCOUNT, REGION, cloud.addresses, {}, Vault(tmp_path / "secrets.json"))
    assert retell(making, ["empty"]) == 0
