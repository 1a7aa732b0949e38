"""Dashboard: one for the platform; the model is a variable of it, since each dashboard costs by the month."""

from collections.abc import Sequence

from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

NAMESPACE = "Treadle"
SHOWN_FIRST = "flights"
MODEL_METRICS = (
    {"Predictions": "Sum", "PredictionErrors": "Sum", "PredictionLatency": "p99"},
    {"DriftScore": "Maximum", "Performance": "Maximum"},
)
"""A row of the dashboard each: metric → statistic."""


def dashboard(scope: Construct, functions: Sequence[lambda_.Function], alarms: Sequence[cloudwatch.Alarm]) -> None:
    """What a model answers, how the functions do, which alarms ring."""
    board = cloudwatch.Dashboard(scope, "Dashboard", dashboard_name="treadle", variables=[_model()])
    for row in MODEL_METRICS:
        board.add_widgets(*(_of_model(name, statistic, 24 // len(row)) for name, statistic in row.items()))
    board.add_widgets(
        cloudwatch.GraphWidget(title="Errors", left=[one.metric_errors() for one in functions], width=12),
        cloudwatch.GraphWidget(
            title="Duration, p99", left=[one.metric_duration(statistic="p99") for one in functions], width=12
        ),
    )
    board.add_widgets(cloudwatch.AlarmStatusWidget(alarms=list(alarms), width=24))


def _model() -> cloudwatch.DashboardVariable:
    return cloudwatch.DashboardVariable(
        id="model",
        type=cloudwatch.VariableType.PROPERTY,
        label="model",
        input_type=cloudwatch.VariableInputType.INPUT,
        value="model",
        default_value=cloudwatch.DefaultValue.value(SHOWN_FIRST),
    )


def _of_model(name: str, statistic: str, width: int) -> cloudwatch.GraphWidget:
    metric = cloudwatch.Metric(
        namespace=NAMESPACE, metric_name=name, dimensions_map={"model": SHOWN_FIRST}, statistic=statistic
    )
    return cloudwatch.GraphWidget(title=name, left=[metric], width=width)
