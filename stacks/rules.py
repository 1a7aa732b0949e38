"""Rules: what happens on a bus or on the clock reaches a queue or a function, with dead letters behind it."""

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as stepfunctions
from constructs import Construct


def on_event(scope: Construct, name: str, pattern: events.EventPattern, to: sqs.Queue, lost: sqs.Queue) -> None:
    """Events of this pattern go to the queue."""
    events.Rule(scope, name, event_pattern=pattern, targets=[targets.SqsQueue(to, dead_letter_queue=lost)])


def every(scope: Construct, name: str, period: Duration, function: lambda_.Function, lost: sqs.Queue) -> None:
    """The function is called once a period."""
    target = targets.LambdaFunction(function, dead_letter_queue=lost, retry_attempts=2)
    events.Rule(scope, name, schedule=events.Schedule.rate(period), targets=[target])


def created(bucket: s3.Bucket, key: str) -> events.EventPattern:
    """An object has been put into the bucket, under a key like this one; `*` stands for anything."""
    detail = {"bucket": {"name": [bucket.bucket_name]}, "object": {"key": events.Match.wildcard(key)}}
    return events.EventPattern(source=["aws.s3"], detail_type=["Object Created"], detail=detail)


def ended(machine: stepfunctions.StateMachine) -> events.EventPattern:
    """An execution is over, whichever way."""
    over = ["SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"]
    return events.EventPattern(
        source=["aws.states"],
        detail_type=["Step Functions Execution Status Change"],
        detail={"stateMachineArn": [machine.state_machine_arn], "status": over},
    )
