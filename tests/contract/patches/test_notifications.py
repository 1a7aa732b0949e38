"""Topics, rules, executions and alarms tell whom they tell on AWS.

Once moto mends a thing, its test fails and the patch can go.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.contract.patches.aws_words import (
    make_function,
    make_machine,
    make_queue,
    make_rule,
    received,
    run_machine,
    send_event,
)
from tests.contract.patches.servers import ACCOUNT, Moto, RecordingFront, patched

TOPIC = f"arn:aws:sns:us-east-1:{ACCOUNT}:{{}}"


def test_a_notice_to_a_person_is_in_the_mailbox(ours: Moto, theirs: Moto, front: RecordingFront) -> None:
    def publish(moto: Moto) -> None:
        topic = moto.client("sns").create_topic(Name="owners")["TopicArn"]
        moto.client("sns").subscribe(TopicArn=topic, Protocol="email", Endpoint="owner@example.com")
        moto.client("sns").publish(TopicArn=topic, Subject="Rejected", Message="line 7")
        moto.client("sns").publish(PhoneNumber="+15550100", Message="wake up")

    publish(theirs)
    assert front.letters() == []
    publish(ours)
    assert [(letter["via"], letter["to"], letter["subject"], letter["message"]) for letter in front.letters()] == [
        ("email", "owner@example.com", "Rejected", "line 7"),
        ("sms", "+15550100", "", "wake up"),
    ]


def test_a_topic_calls_a_function_with_the_event_of_sns(ours: Moto, theirs: Moto, front: RecordingFront) -> None:
    def publish(moto: Moto) -> None:
        topic = moto.client("sns").create_topic(Name="told")["TopicArn"]
        moto.client("sns").subscribe(TopicArn=topic, Protocol="lambda", Endpoint=make_function(moto, "listener"))
        moto.client("sns").publish(TopicArn=topic, Message="hello")

    publish(theirs)
    assert front.invocations("listener") == []
    publish(ours)
    arn = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:listener"
    notification = front.invocations(arn)[0]["Records"][0]["Sns"]
    assert notification["Message"] == "hello"
    assert notification["TopicArn"].endswith(":told")


def test_who_listens_to_a_topic_survives_the_death_of_the_process(front: RecordingFront, tmp_path: Path) -> None:
    def listeners(moto: Moto) -> list[tuple[str, str]]:
        listed = moto.client("sns").list_subscriptions()["Subscriptions"]
        return [(one["TopicArn"].rpartition(":")[2], one["Endpoint"]) for one in listed]

    def subscribe(moto: Moto, topic: str, *endpoints: str) -> list[str]:
        sns, hears = moto.client("sns"), {"FilterPolicy": '{"to": ["flights"]}'}
        arn = sns.create_topic(Name=topic)["TopicArn"]
        made = [sns.subscribe(TopicArn=arn, Protocol="email", Endpoint=one, Attributes=hears) for one in endpoints]
        return [one["SubscriptionArn"] for one in made]

    with patched(front, tmp_path) as server:
        left, _ = subscribe(server, "kept", "gone@example.com", "ada@example.com")
        server.client("sns").unsubscribe(SubscriptionArn=left)
        subscribe(server, "later", "ben@example.com")
        _, arn = make_queue(server, "template")
        server.client("sns").subscribe(TopicArn=TOPIC.format("kept"), Protocol="sqs", Endpoint=arn)
        server.process.kill()
    with patched(front, tmp_path) as server:
        subscribe(server, "kept", "eve@example.com")
        assert listeners(server) == [("kept", "ada@example.com"), ("kept", "eve@example.com")]
        subscribe(server, "later")
        assert listeners(server)[2:] == [("later", "ben@example.com")]
        for to in ("taxis", "flights"):
            said = {"to": {"DataType": "String.Array", "StringValue": f'["{to}"]'}}
            server.client("sns").publish(TopicArn=TOPIC.format("later"), Message=f"of {to}", MessageAttributes=said)
    assert [letter["message"] for letter in front.letters() if letter["to"] == "ben@example.com"] == ["of flights"]


def test_a_rule_reaches_functions_topics_and_state_machines(ours: Moto, theirs: Moto, front: RecordingFront) -> None:
    def reached(moto: Moto, source: str) -> list[bool]:
        machine = make_machine(moto, f"machine-{source}", {"Type": "Pass"})
        function = make_function(moto, f"function-{source}")
        queue, queue_arn = make_queue(moto, f"queue-{source}")
        topic = moto.client("sns").create_topic(Name=f"topic-{source}")["TopicArn"]
        moto.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue_arn)
        make_rule(moto, source, source, {"Arn": function, "Input": '{"tick": 1}'}, {"Arn": machine}, {"Arn": topic})
        with suppress(ClientError):  # moto without the patch fails the sender
            send_event(moto, source)
        started = moto.client("stepfunctions").list_executions(stateMachineArn=machine)["executions"]
        return [front.invocations(function) == [{"tick": 1}], len(started) == 1, len(received(moto, queue)) == 1]

    assert reached(theirs, "theirs") == [False, False, False]
    assert reached(ours, "ours") == [True, True, True]


def test_a_target_that_fails_leaves_the_event_in_its_queue_and_the_others_their_event(ours: Moto) -> None:
    dead, dead_arn = make_queue(ours, "dead")
    alive, alive_arn = make_queue(ours, "alive")
    absent = {"Arn": f"arn:aws:sqs:us-east-1:{ACCOUNT}:absent", "DeadLetterConfig": {"Arn": dead_arn}}
    make_rule(ours, "broken", "broken", absent, {"Arn": alive_arn})
    send_event(ours, "broken")
    assert [event["detail"] for event in received(ours, dead)] == [{"n": 1}]
    assert [event["detail"] for event in received(ours, alive)] == [{"n": 1}]


def test_an_event_does_not_reach_a_rule_that_has_only_a_schedule(ours: Moto, theirs: Moto) -> None:
    def reached(moto: Moto) -> list[object]:
        queue, arn = make_queue(moto, "hourly")
        moto.client("events").put_rule(Name="hourly", ScheduleExpression="rate(1 hour)")
        moto.client("events").put_targets(Rule="hourly", Targets=[{"Id": "1", "Arn": arn}])
        send_event(moto, "anything")
        return [event["source"] for event in received(moto, queue)]

    assert reached(theirs) == ["anything"]
    assert reached(ours) == []


def test_an_execution_tells_the_bus_how_it_ended(ours: Moto, theirs: Moto) -> None:
    def endings(moto: Moto) -> list[tuple[str, str, Any, Any]]:
        url, arn = make_queue(moto, "ends")
        make_rule(moto, "ends", "aws.states", {"Arn": arn})
        run_machine(moto, make_machine(moto, "fails", {"Type": "Fail", "Error": "No", "Cause": "because"}), "run_1")
        details = [event["detail"] for event in received(moto, url)]
        told = [(one["name"], one["status"], one["error"], one["cause"]) for one in details]
        return sorted(told, key=lambda one: one[1] != "RUNNING")

    assert endings(theirs) == []
    assert endings(ours) == [("run_1", "RUNNING", None, None), ("run_1", "FAILED", "No", "because")]


def test_a_composite_alarm_is_taken_in(ours: Moto, theirs: Moto) -> None:
    def put(moto: Moto) -> None:
        moto.client("cloudwatch").put_composite_alarm(AlarmName="any", AlarmRule='ALARM("a")')

    with pytest.raises(ClientError):
        put(theirs)
    put(ours)
    alarms = ours.client("cloudwatch").describe_alarms(AlarmNames=["any"], AlarmTypes=["CompositeAlarm"])
    assert alarms["CompositeAlarms"][0]["AlarmRule"] == 'ALARM("a")'
