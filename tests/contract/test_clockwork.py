"""What AWS does by itself happens here too: a real front over moto and DynamoDB Local, at tempo 60."""

import json
import re
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from tests.contract.clockwork_world import HANDLERS, Made, make
from tests.contract.live_cloud import eventually, front, moto


@pytest.fixture(scope="module")
def world(dynamodb: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """A queue with its dead letters, a table with its stream, a topic, a bucket, alarms and filters."""
    tmp = tmp_path_factory.mktemp("cloud")
    (tmp / "handlers.py").write_text(HANDLERS)
    with moto(tmp, dynamodb) as cloud:
        out = make(cloud, tmp)
        with front(cloud, out.deployment):
            yield out


def _count(world: Made, event: dict[str, object]) -> None:
    url = f"{world.cloud.addresses.front}/2015-03-31/functions/count/invocations"
    urllib.request.urlopen(urllib.request.Request(url, json.dumps(event).encode())).close()


def test_a_message_reaches_the_function_and_leaves_the_queue(world: Made) -> None:
    sqs = world.cloud.client("sqs")
    sqs.send_message(QueueUrl=world.queue, MessageBody="bread")
    eventually(lambda: "ate bread" in world.cloud.printed("eat"))
    eventually(lambda: _length(world, world.queue) == 0)


def test_a_message_that_keeps_failing_ends_among_the_dead_letters(world: Made) -> None:
    world.cloud.client("sqs").send_message(QueueUrl=world.queue, MessageBody="bad")
    eventually(lambda: _length(world, world.dead) == 1)
    assert len(re.findall(r"^ate.*\bbad\b", world.cloud.printed("eat"), re.MULTILINE)) == 2


def test_a_long_dead_letter_queue_is_an_alarm(world: Made) -> None:
    world.cloud.client("sqs").send_message(QueueUrl=world.dead, MessageBody="lost")
    cloudwatch = world.cloud.client("cloudwatch")
    eventually(lambda: _letters(world, 'ALARM: "dead-letters"'))
    assert _state(cloudwatch, "dead-letters") == "ALARM"
    _let_seconds_pass(world)
    assert len(_letters(world, 'ALARM: "dead-letters"')) == 1


def test_a_queue_has_one_batch_in_flight(world: Made) -> None:
    sqs = world.cloud.client("sqs")
    sqs.send_message(QueueUrl=world.queue, MessageBody="slow")
    eventually(lambda: int(_attribute(world, "ApproximateNumberOfMessagesNotVisible")))
    sqs.send_message(QueueUrl=world.queue, MessageBody="quick")
    eventually(lambda: "ate quick" in world.cloud.printed("eat"))
    assert world.cloud.printed("eat").index("ate slow") < world.cloud.printed("eat").index("ate quick")


def _attribute(world: Made, name: str) -> str:
    value: str = world.cloud.client("sqs").get_queue_attributes(QueueUrl=world.queue, AttributeNames=[name])[
        "Attributes"
    ][name]
    return value


def _letters(world: Made, subject: str) -> list[dict[str, Any]]:
    return [letter for letter in world.cloud.letters() if letter["subject"].startswith(subject)]


def _state(cloudwatch: Any, alarm: str) -> str:
    state: str = cloudwatch.describe_alarms(AlarmNames=[alarm])["MetricAlarms"][0]["StateValue"]
    return state


def _length(world: Made, queue: str) -> int:
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    found = world.cloud.client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=names)["Attributes"]
    return sum(int(found[name]) for name in names)


def test_what_is_printed_reaches_the_log_group(world: Made) -> None:
    _count(world, {})
    logs = world.cloud.client("logs")
    eventually(lambda: "noise" in _messages(logs))
    assert "noise" in world.cloud.printed("count")


def test_a_log_group_has_no_lines_of_the_platform(world: Made) -> None:
    _count(world, {})
    logs = world.cloud.client("logs")
    eventually(lambda: "noise" in _messages(logs))
    assert not [message for message in _messages(logs) if message.startswith(("START", "END", "REPORT"))]


def _messages(logs: Any) -> list[str]:
    groups = logs.describe_log_groups(logGroupNamePrefix="/aws/lambda/count")["logGroups"]
    if not groups:
        return []
    events = logs.filter_log_events(logGroupName="/aws/lambda/count")["events"]
    return [event["message"] for event in events]


def test_embedded_metrics_metric_filters_and_lambdas_own_reach_cloudwatch(world: Made) -> None:
    _count(world, {})
    wanted = {("Treadle", "Predictions"), ("Own", "Rows"), ("AWS/Lambda", "Invocations"), ("AWS/Lambda", "Duration")}
    cloudwatch = world.cloud.client("cloudwatch")
    eventually(lambda: wanted <= {(m["Namespace"], m["MetricName"]) for m in cloudwatch.list_metrics()["Metrics"]})


def test_subscribed_lines_become_an_object_of_their_hour(world: Made) -> None:
    _count(world, {})
    s3 = world.cloud.client("s3")
    eventually(lambda: s3.list_objects_v2(Bucket="captured")["KeyCount"])
    key = s3.list_objects_v2(Bucket="captured")["Contents"][0]["Key"]
    assert re.fullmatch(r"predictions/\d{4}/\d{2}/\d{2}/\d{2}/capture-1-[-\da-f]+", key)
    lines = s3.get_object(Bucket="captured", Key=key)["Body"].read().decode().splitlines()
    assert {json.loads(line)["rows"] for line in lines} == {7}


def test_an_alarm_tells_its_topic_once_a_transition(world: Made) -> None:
    _count(world, {"fail": True})
    cloudwatch = world.cloud.client("cloudwatch")
    eventually(lambda: _letters(world, 'ALARM: "failing"'))
    eventually(lambda: _state(cloudwatch, "failing") == "OK")
    (letter,) = _letters(world, 'ALARM: "failing"')
    assert (letter["to"], letter["via"]) == ("owners@example.com", "email")
    assert json.loads(letter["message"])["NewStateValue"] == "ALARM"


def test_an_alarm_on_a_query_tells_which_model_it_rings_for(world: Made) -> None:
    _count(world, {})
    eventually(lambda: _letters(world, 'ALARM: "busy (model flights)"'))
    letter = _letters(world, 'ALARM: "busy')[0]
    assert json.loads(letter["message"])["AlarmContributorAttributes"] == {"model": "flights"}


def test_a_topic_calls_its_function(world: Made) -> None:
    world.cloud.client("sns").publish(TopicArn=world.topic, Message="hello")
    eventually(lambda: "noted hello" in world.cloud.printed("note"))


def test_a_schedule_of_a_minute_fires_each_second_at_tempo_sixty(world: Made) -> None:
    _let_seconds_pass(world)


def _let_seconds_pass(world: Made) -> None:
    """Wait for three ticks of the schedule, which come a second apart."""
    before = world.cloud.printed("tick").count('tick {"of": "rule"}')
    eventually(lambda: world.cloud.printed("tick").count('tick {"of": "rule"}') >= before + 3)


def test_a_stream_tells_what_passes_its_filter_in_order(world: Made) -> None:
    table = world.cloud.client("dynamodb")
    for number in range(12):
        kind = "audit" if number % 2 else "other"
        table.put_item(TableName="outbox", Item={"PK": {"S": f"n{number:02}"}, "kind": {"S": kind}})
    eventually(lambda: "n11" in world.cloud.printed("tell"))
    told = re.findall(r"told INSERT (n\d\d)", world.cloud.printed("tell"))
    assert told == [f"n{number:02}" for number in range(1, 12, 2)]
