"""What creators make of what is watched and told: delivery streams, alarms on queries, the secret of webhooks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from local.clockwork.insights import UnknownQuery
from local.deployment import Addresses, Alarm, DeliveryStream
from local.errors import NotCreated
from local.resources.creators import create
from local.resources.resource import Cloud, Created, Resource
from local.vault import Vault
from tests.contract.patches.servers import Moto, patched, recording_front

QUERY = 'SELECT MAX("DriftScore") FROM "Treadle" GROUP BY "model"'
UNPACKED = [{"Type": "Decompression"}, {"Type": "CloudWatchLogProcessing"}]


@pytest.fixture(scope="module")
def moto(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moto]:
    with recording_front() as front, patched(front, tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture
def cloud(moto: Moto, tmp_path: Path) -> Cloud:
    addresses = Addresses(moto.url, "", "127.0.0.1", 1)
    return Cloud("123456789012", "us-east-1", addresses, {}, Vault(tmp_path / "secrets.json"))


def _made(cloud: Cloud, kind: str, properties: Mapping[str, Any], id_: str = "Thing") -> Created:
    return create(cloud, Resource("Stack", id_, kind, properties))


def _stream(processors: list[dict[str, str]]) -> Mapping[str, Any]:
    destination = {
        "BucketARN": "arn:aws:s3:::captures",
        "RoleARN": "arn:aws:iam::123456789012:role/writer",
        "Prefix": "captured/!{timestamp:yyyy/MM/dd/HH}/",
        "BufferingHints": {"IntervalInSeconds": 60, "SizeInMBs": 4},
        "ProcessingConfiguration": {"Enabled": True, "Processors": processors},
    }
    return {"DeliveryStreamName": "captures", "ExtendedS3DestinationConfiguration": destination}


def test_a_stream_that_unpacks_what_logs_send_is_made(cloud: Cloud, moto: Moto) -> None:
    made = _made(cloud, "AWS::KinesisFirehose::DeliveryStream", _stream(UNPACKED))
    arn = made.attributes["Arn"]
    assert made.facts == (DeliveryStream("captures", arn, "captures", "captured/!{timestamp:yyyy/MM/dd/HH}/", 60),)
    described = moto.client("firehose").describe_delivery_stream(DeliveryStreamName="captures")
    assert described["DeliveryStreamDescription"]["DeliveryStreamARN"] == arn


@pytest.mark.parametrize("processors", [[], UNPACKED[:1], UNPACKED[1:]])
def test_a_stream_that_would_write_packed_lines_on_aws_is_refused(
    cloud: Cloud, processors: list[dict[str, str]]
) -> None:
    with pytest.raises(NotCreated, match="it lacks"):
        _made(cloud, "AWS::KinesisFirehose::DeliveryStream", _stream(processors))


def _alarm(query: str) -> Mapping[str, Any]:
    line = {"Id": "expr_1", "Expression": query, "Period": 60, "ReturnData": True}
    judged = {"Threshold": 1, "EvaluationPeriods": 1, "ComparisonOperator": "GreaterThanOrEqualToThreshold"}
    return {"AlarmName": "drift", "Metrics": [line], **judged, "TreatMissingData": "ignore"}


def test_an_alarm_on_a_query_keeps_the_query_and_its_period(cloud: Cloud, moto: Moto) -> None:
    (fact,) = _made(cloud, "AWS::CloudWatch::Alarm", _alarm(QUERY)).facts
    assert isinstance(fact, Alarm)
    [query] = fact.queries
    assert (query.expression, query.period_s, fact.treat_missing) == (QUERY, 60, "ignore")
    moto.client("cloudwatch").set_alarm_state(AlarmName="drift", StateValue="ALARM", StateReason="as asked")
    [described] = moto.client("cloudwatch").describe_alarms(AlarmNames=["drift"])["MetricAlarms"]
    assert described["StateValue"] == "ALARM"


def test_a_query_that_nobody_here_can_evaluate_stops_the_deployment(cloud: Cloud) -> None:
    with pytest.raises(UnknownQuery):
        _made(cloud, "AWS::CloudWatch::Alarm", _alarm(f"{QUERY} ORDER BY MAX() DESC"))


def test_a_secret_that_people_fill_in_on_aws_has_a_row_for_every_channel(cloud: Cloud, moto: Moto) -> None:
    asked = {"SecretString": "{}", "Tags": [{"Key": "holds", "Value": "slack-webhooks"}]}
    made = _made(cloud, "AWS::SecretsManager::Secret", asked, "Slack")
    content = moto.client("secretsmanager").get_secret_value(SecretId=made.ref)["SecretString"]
    assert json.loads(content) == {"*": "/any"}


def test_any_other_secret_holds_what_its_template_says(cloud: Cloud, moto: Moto) -> None:
    made = _made(cloud, "AWS::SecretsManager::Secret", {"SecretString": "{}"}, "Other")
    assert moto.client("secretsmanager").get_secret_value(SecretId=made.ref)["SecretString"] == "{}"
