"""An embedded cloud from its start to its end: what it keeps, and that nothing stays behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.embedded import RESOURCES, STACK, EmbeddedCloud, small_cloud
from tests.unit.local.templates import write_assembly

KEY = "flights/datasets/jan.csv"


@pytest.fixture
def absent(tmp_path: Path) -> Iterator[EmbeddedCloud]:
    """A small cloud that is not up; whatever a test leaves is ended."""
    made = small_cloud(tmp_path)
    yield made
    made.run("down")


def _put(cloud: EmbeddedCloud) -> str:
    cloud.client("dynamodb").put_item(TableName="Small-Registry", Item={"PK": {"S": "MODEL#flights"}})
    stored = cloud.client("s3").put_object(Bucket=cloud.told.data_bucket, Key=KEY, Body=b"a,b\n1,2\n")
    return str(stored["VersionId"])


def _kept(cloud: EmbeddedCloud) -> tuple[int, list[str]]:
    rows = cloud.client("dynamodb").scan(TableName="Small-Registry")["Count"]
    versions = cloud.client("s3").list_object_versions(Bucket=cloud.told.data_bucket).get("Versions", [])
    return rows, [version["VersionId"] for version in versions]


def _having_subscribed(cloud: EmbeddedCloud) -> None:
    topic = cloud.client("sns").create_topic(Name="notices")["TopicArn"]
    hears = {"FilterPolicy": json.dumps({"to": ["flights/owners"]})}
    cloud.client("sns").subscribe(TopicArn=topic, Protocol="email", Endpoint="ada@example.com", Attributes=hears)


def _subscribed(cloud: EmbeddedCloud) -> list[tuple[str, str]]:
    """Who is told by the topic, which is deployed again, and of what."""
    sns = cloud.client("sns")
    listed = sns.list_subscriptions_by_topic(TopicArn=sns.create_topic(Name="notices")["TopicArn"])["Subscriptions"]
    said = [sns.get_subscription_attributes(SubscriptionArn=one["SubscriptionArn"])["Attributes"] for one in listed]
    return [(one["Endpoint"], one["FilterPolicy"]) for one in said]


def test_what_was_kept_is_there_after_a_restart_and_queues_are_empty(absent: EmbeddedCloud) -> None:
    assert absent.run("up").returncode == 0
    version = _put(absent)
    _having_subscribed(absent)
    url = absent.client("sqs").list_queues()["QueueUrls"][0]
    absent.client("sqs").send_message(QueueUrl=url, MessageBody="{}")
    secret = absent.told.client_secret
    assert absent.run("down").returncode == 0
    assert absent.wait_until_gone()
    assert not (absent.state / "local.json").exists()
    assert absent.run("up").returncode == 0
    assert _kept(absent) == (1, [version])
    assert absent.told.client_secret == secret
    assert _subscribed(absent) == [("ada@example.com", '{"to": ["flights/owners"]}')]
    url = absent.client("sqs").list_queues()["QueueUrls"][0]
    assert "Messages" not in absent.client("sqs").receive_message(QueueUrl=url)


@pytest.mark.slow
def test_a_killed_cloud_leaves_no_process_and_loses_nothing_acknowledged(absent: EmbeddedCloud) -> None:
    assert absent.run("up").returncode == 0
    version = _put(absent)
    os.kill(absent.told.pid, signal.SIGKILL)
    assert absent.wait_until_gone()
    assert absent.run("up").returncode == 0
    assert _kept(absent) == (1, [version])


def test_a_resource_that_cannot_be_created_is_named_and_nothing_stays(absent: EmbeddedCloud) -> None:
    page = {"Type": "AWS::CloudFront::Distribution", "Properties": {}}
    write_assembly(absent.out, {"Small": {"Resources": {"Page": page}}})
    refused = absent.run("up")
    assert refused.returncode == 1
    assert "Small/Page: the embedded cloud has no creator for AWS::CloudFront::Distribution" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert absent.wait_until_gone()


def test_down_without_a_cloud_says_so(absent: EmbeddedCloud) -> None:
    ended = absent.run("down")
    assert ended.returncode == 0
    assert "No embedded cloud is up" in ended.stdout
    assert absent.run("status").returncode == 1


@pytest.mark.slow
def test_a_fresh_start_is_empty(absent: EmbeddedCloud) -> None:
    assert absent.run("up").returncode == 0
    _put(absent)
    assert absent.run("up", "--fresh").returncode == 0
    assert _kept(absent) == (0, [])


@pytest.mark.slow
def test_changed_templates_are_deployed_by_the_next_up(absent: EmbeddedCloud) -> None:
    assert absent.run("up").returncode == 0
    version = _put(absent)
    topic = {"Type": "AWS::SNS::Topic", "Properties": {}}
    write_assembly(absent.out, {"Small": {**STACK, "Resources": {**RESOURCES, "Owners": topic}}})
    assert absent.run("up").returncode == 0
    assert absent.client("sns").list_topics()["Topics"][0]["TopicArn"].endswith(":Small-Owners")
    assert _kept(absent) == (1, [version])


@pytest.mark.slow
def test_a_cloud_in_the_foreground_ends_with_whoever_started_it(absent: EmbeddedCloud) -> None:
    shell = ["sh", "-c", '"$@" & wait', "sh", *absent.command("serve")]
    with subprocess.Popen(shell, stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout is not None
        assert starter.stdout.readline().strip() == str(absent.state / "local.json")
        starter.kill()
    assert absent.wait_until_gone()


@pytest.mark.slow
def test_a_second_interrupt_ends_everything_at_once(absent: EmbeddedCloud) -> None:
    with subprocess.Popen(absent.command("serve"), stdout=subprocess.PIPE, text=True) as serving:
        assert serving.stdout is not None
        serving.stdout.readline()
        serving.send_signal(signal.SIGINT)
        time.sleep(0.02)
        serving.send_signal(signal.SIGINT)
    assert absent.wait_until_gone()
    assert not (absent.state / "local.json").exists()
