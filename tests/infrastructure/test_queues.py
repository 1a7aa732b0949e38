"""Nothing is lost in silence: a queue of dead letters behind all that is asynchronous, and an alarm behind each."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.infrastructure.templates import Resource, listed, only, resources, text

MOST_OTHER_ALARMS = 1
OF_MODELS = {"DriftScoreAlarm", "PerformanceAlarm", "PredictionErrorsAlarm"}


def _queue(named: str) -> str:
    """The name of a queue in `${Name.Arn}` or `${Name.QueueName}`."""
    return named.removeprefix("${").removesuffix("}").partition(".")[0]


def _dead_letters() -> set[str]:
    return {one.id for one in resources("AWS::SQS::Queue") if one.id.endswith("DeadLetters")}


def _behind() -> Iterator[tuple[str, str]]:
    """What is asynchronous → its dead letters."""
    for queue in resources("AWS::SQS::Queue"):
        if queue.id not in _dead_letters():
            yield queue.id, _queue(text(queue.properties["RedrivePolicy"]["deadLetterTargetArn"]))
    for rule in resources("AWS::Events::Rule"):
        for target in rule.properties["Targets"]:
            yield rule.id, _queue(text(target["DeadLetterConfig"]["Arn"]))
    for function in _invoked_by_events():
        yield function.id, _queue(text(function.properties["DeadLetterConfig"]["TargetArn"]))
    for source in resources("AWS::Lambda::EventSourceMapping"):
        if "stream" in text(source.properties["EventSourceArn"]).lower():
            yield source.id, _queue(text(source.properties["DestinationConfig"]["OnFailure"]["Destination"]))


def _invoked_by_events() -> Iterator[Resource]:
    """Functions that are a rule's target: EventBridge does not wait for them."""
    targets = {text(target["Arn"]) for rule in resources("AWS::Events::Rule") for target in rule.properties["Targets"]}
    yield from (one for one in resources("AWS::Lambda::Function") if f"${{{one.id}.Arn}}" in targets)


def test_every_queue_rule_stream_and_asynchronous_function_has_its_dead_letters() -> None:
    assert dict(_behind()) == {
        "Uploads": "UploadsDeadLetters",
        "Arrived": "UploadsDeadLetters",
        "Ends": "EndsDeadLetters",
        "Ended": "EndsDeadLetters",
        "Hourly": "SweepDeadLetters",
        "SweepFunction": "SweepDeadLetters",
        "Captures": "CapturesDeadLetters",
        "Captured": "CapturesDeadLetters",
        "FiveMinutes": "TickDeadLetters",
        "TickFunction": "TickDeadLetters",
        "Checks": "ChecksDeadLetters",
        "Outbox": "OutboxDeadLetters",
    }


def test_every_queue_of_dead_letters_has_something_in_front_of_it() -> None:
    assert {dead for _, dead in _behind()} == _dead_letters()


def test_every_queue_of_dead_letters_rings_an_alarm_at_the_first_letter() -> None:
    watched = {}
    for alarm in resources("AWS::CloudWatch::Alarm"):
        if alarm.properties.get("Namespace") == "AWS/SQS":
            [dimension] = alarm.properties["Dimensions"]
            watched[_queue(text(dimension["Value"]))] = (alarm.properties["MetricName"], alarm.properties["Threshold"])
    assert watched == dict.fromkeys(_dead_letters(), ("ApproximateNumberOfMessagesVisible", 1))


def test_alarms_are_few_and_every_one_tells_the_topic() -> None:
    alarms = list(resources("AWS::CloudWatch::Alarm"))
    assert len(alarms) - len(_dead_letters()) - len(OF_MODELS) <= MOST_OTHER_ALARMS
    assert {text(action) for one in alarms for action in one.properties["AlarmActions"]} == {"${Alarms}"}
    silent = {one.properties["TreatMissingData"] for one in alarms if one.id not in OF_MODELS}
    assert silent == {"notBreaching"}


def test_alarms_may_publish_to_their_topic_and_nobody_may_to_the_notices() -> None:
    allowed = [one for one in _statements("AWS::SNS::TopicPolicy") if one["Effect"] == "Allow"]
    assert [(one["Principal"]["Service"], one["Action"], text(one["Resource"])) for one in allowed] == [
        ("cloudwatch.amazonaws.com", "sns:Publish", "${Alarms}")
    ]


def test_rules_may_send_to_their_queues_and_to_the_dead_letters_behind_them() -> None:
    allowed = {
        _queue(text(one["Resource"])): one["Principal"]
        for one in _statements("AWS::SQS::QueuePolicy")
        if one["Effect"] == "Allow"
    }
    rules = {one.id: one.properties["Targets"][0] for one in resources("AWS::Events::Rule")}
    sent = {_queue(text(target["Arn"])) for name, target in rules.items() if name not in {"Hourly", "FiveMinutes"}}
    dead = {_queue(text(target["DeadLetterConfig"]["Arn"])) for target in rules.values()}
    assert allowed == {name: {"Service": "events.amazonaws.com"} for name in sent | dead}


def test_every_queue_is_encrypted_with_the_platforms_key_and_remembers_for_two_weeks() -> None:
    for queue in resources("AWS::SQS::Queue"):
        assert text(queue.properties["KmsMasterKeyId"]) == "${Key.Arn}"
        assert queue.properties["MessageRetentionPeriod"] == 14 * 24 * 3600


def test_a_message_stays_hidden_for_six_times_as_long_as_its_function_may_take() -> None:
    functions = {one.id: one.properties["Timeout"] for one in resources("AWS::Lambda::Function")}
    queues = {one.id: one.properties for one in resources("AWS::SQS::Queue")}
    fed = {
        _queue(text(one.properties["EventSourceArn"])): _queue(text(one.properties["FunctionName"]))
        for one in resources("AWS::Lambda::EventSourceMapping")
        if _queue(text(one.properties["EventSourceArn"])) in queues
    }
    assert fed == {
        "Uploads": "TriggerFunction",
        "Ends": "CloseFunction",
        "Captures": "FoldFunction",
        "Checks": "MonitorFunction",
    }
    for queue, function in fed.items():
        assert queues[queue]["VisibilityTimeout"] >= 6 * functions[function]
        assert queues[queue]["RedrivePolicy"]["maxReceiveCount"] == 5


def test_a_batch_of_uploads_or_captures_reports_the_messages_that_failed() -> None:
    mappings = {text(one.properties["FunctionName"]): one.properties for one in _mappings()}
    for function in ("${TriggerFunction}", "${FoldFunction}"):
        assert mappings[function]["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    for function in ("${CloseFunction}", "${MonitorFunction}"):
        assert mappings[function]["BatchSize"] == 1


def test_what_counts_runs_a_few_times_at_once_so_that_a_new_account_can_do_it() -> None:
    mappings = {text(one.properties["FunctionName"]): one.properties for one in _mappings()}
    limits = {
        name: one["ScalingConfig"]["MaximumConcurrency"] for name, one in mappings.items() if "ScalingConfig" in one
    }
    assert limits == {"${FoldFunction}": 2, "${MonitorFunction}": 10}


def test_notify_is_told_of_decisions_findings_and_strays_one_at_a_time_and_of_nothing_else() -> None:
    source = only("AWS::Lambda::EventSourceMapping", "Outbox").properties
    assert text(source["EventSourceArn"]) == "${Table.StreamArn}"
    assert source["BatchSize"] == 1
    assert {one["Pattern"] for one in source["FilterCriteria"]["Filters"]} == {
        '{"eventName": ["INSERT"], "dynamodb": {"Keys": {"SK": {"S": [{"prefix": "AUDIT#"}]}}}}',
        '{"eventName": ["INSERT"], "dynamodb": {"Keys": {"SK": {"S": [{"prefix": "FINDING#"}]}}}}',
        '{"eventName": ["INSERT"], "dynamodb": {"Keys": {"PK": {"S": [{"prefix": "STRAY"}]}}}}',
    }


def test_rules_hear_of_data_sets_captured_objects_and_every_end_of_the_machine() -> None:
    captured = only("AWS::Events::Rule", "Captured").properties["EventPattern"]
    assert text(captured["detail"]["bucket"]["name"][0]) == "${Captures}"
    assert captured["detail"]["object"] == {"key": [{"wildcard": "captured/*"}]}
    arrived = only("AWS::Events::Rule", "Arrived").properties["EventPattern"]
    assert text(arrived["detail"]["bucket"]["name"][0]) == "${Data}"
    assert arrived["detail"]["object"] == {"key": [{"wildcard": "*/datasets/*"}]}
    ended = only("AWS::Events::Rule", "Ended").properties["EventPattern"]
    assert set(ended["detail"]["status"]) == {"SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"}
    assert text(ended["detail"]["stateMachineArn"][0]) == "${Learn}"


def _statements(kind: str) -> Iterator[Mapping[str, Any]]:
    for policy in resources(kind):
        yield from listed(policy.properties["PolicyDocument"]["Statement"])


def _mappings() -> Iterator[Resource]:
    yield from resources("AWS::Lambda::EventSourceMapping")
