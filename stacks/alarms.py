"""Alarms: behind every queue of dead letters, for errors of the API's own, and three that each watch all models.

An alarm on a query has a state of its own for each model, so that new models are watched without a deployment.
"""

from dataclasses import dataclass

from aws_cdk import Duration
from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from stacks.dashboard import NAMESPACE
from stacks.queues import TRIES

PERIOD = Duration.minutes(5)


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched of every model: a statistic, at or above a threshold in so many of so many periods."""

    metric: str
    statistic: str
    threshold: float
    period: Duration
    periods: tuple[int, int]
    silence: cloudwatch.TreatMissingData
    why: str


WATCHED = (
    Watch(
        "DriftScore",
        "MAX",
        1,
        Duration.minutes(1),
        (1, 1),
        cloudwatch.TreatMissingData.IGNORE,
        "what callers send has moved further than the model's budget of false alarms allows",
    ),
    Watch(
        "Performance",
        "MAX",
        1,
        Duration.minutes(1),
        (1, 1),
        cloudwatch.TreatMissingData.IGNORE,
        "what came of the predictions is worse than the model's budget of false alarms allows",
    ),
    Watch(
        "PredictionErrors",
        "AVG",
        0.05,
        PERIOD,
        (2, 3),
        cloudwatch.TreatMissingData.NOT_BREACHING,
        "one call in twenty or more was answered with an error, in two of three times five minutes",
    ),
)
"""Scores are 1 where a threshold is crossed. They come when a check was made: until the next one the state stays."""


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


def model_alarm(scope: Construct, watch: Watch) -> cloudwatch.Alarm:
    """Rings for each model that crosses the threshold, and names it."""
    enough, of = watch.periods
    query = " ".join((f'SELECT {watch.statistic}("{watch.metric}")', f'FROM "{NAMESPACE}"', 'GROUP BY "model"'))
    return cloudwatch.Alarm(
        scope,
        f"{watch.metric}Alarm",
        alarm_name=f"treadle-{watch.metric}",
        alarm_description=f"{watch.metric}: {watch.why}",
        metric=cloudwatch.MathExpression(expression=query, using_metrics={}, period=watch.period),
        threshold=watch.threshold,
        evaluation_periods=of,
        datapoints_to_alarm=enough,
        comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treat_missing_data=watch.silence,
    )
