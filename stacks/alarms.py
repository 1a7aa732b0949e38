"""Alarms: one behind every queue of dead letters, and one for errors of the API's own."""

from aws_cdk import Duration
from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from stacks.queues import TRIES

PERIOD = Duration.minutes(5)


def dead_letter_alarm(scope: Construct, queue: sqs.Queue) -> cloudwatch.Alarm:
    """Rings as long as there is a dead letter."""
    return queue.metric_approximate_number_of_messages_visible(period=PERIOD, statistic="Maximum").create_alarm(
        scope,
        f"{queue.node.id}Alarm",
        alarm_description=f"{queue.node.id}: what could not be done in {TRIES} tries waits in this queue",
        threshold=1,
        evaluation_periods=1,
        treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
    )


def server_error_alarm(scope: Construct, api: gateway.HttpApi) -> cloudwatch.Alarm:
    """Rings when callers get 5xx."""
    return api.metric_server_error(period=PERIOD, statistic="Sum").create_alarm(
        scope,
        "ServerErrorsAlarm",
        alarm_description="the API answered with 5xx three times within five minutes",
        threshold=3,
        evaluation_periods=1,
        treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
    )
