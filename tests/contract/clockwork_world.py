"""A small world for the clockwork: what is made in AWS, what the front is told of it, and the functions in it."""

import json
from dataclasses import dataclass
from pathlib import Path

from local.deployment import (
    Alarm,
    BatchFailures,
    DeliveryStream,
    Deployment,
    Function,
    LogSubscription,
    MetricFilter,
    MetricQuery,
    QueueSource,
    Schedule,
    StreamSource,
)
from tests.contract.live_cloud import ACCOUNT, REGION, Cloud, function, made

HANDLERS = """
import json, time

def eat(event, context):
    bodies = [record["body"] for record in event["Records"]]
    if "slow" in bodies:
        time.sleep(0.5)
    print("ate", *bodies)
    return {"batchItemFailures": [{"itemIdentifier": r["messageId"]} for r in event["Records"] if r["body"] == "bad"]}

def tell(event, context):
    for record in event["Records"]:
        print("told", record["eventName"], record["dynamodb"]["Keys"]["PK"]["S"])

def tick(event, context):
    print("tick", json.dumps(event))

def note(event, context):
    print("noted", event["Records"][0]["Sns"]["Message"])

def count(event, context):
    directive = {"Namespace": "Treadle", "Dimensions": [["model"]], "Metrics": [{"Name": "Predictions"}]}
    print(json.dumps({"_aws": {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [directive]},
                      "model": "flights", "Predictions": 3}))
    print(json.dumps({"kind": "prediction", "rows": 7}))
    print("noise")
    if event.get("fail"):
        raise ValueError("as asked")
"""
AUDIT = '{"dynamodb": {"NewImage": {"kind": {"S": ["audit"]}}}}'


@dataclass(frozen=True, slots=True)
class Made:
    """A cloud with what was made in it."""

    cloud: Cloud
    deployment: Deployment
    queue: str
    dead: str
    topic: str


def make(cloud: Cloud, code: Path) -> Made:
    """Make everything, and the functions of `HANDLERS`."""
    sqs = cloud.client("sqs")
    dead = sqs.create_queue(QueueName="dead")["QueueUrl"]
    redrive = {"deadLetterTargetArn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:dead", "maxReceiveCount": 2}
    settings = {"VisibilityTimeout": "1", "RedrivePolicy": json.dumps(redrive)}
    queue = sqs.create_queue(QueueName="food", Attributes=settings)["QueueUrl"]
    topic = cloud.client("sns").create_topic(Name="owners")["TopicArn"]
    _subscribe(cloud, topic, function("note", code, "handlers.note"))
    cloud.client("s3").create_bucket(Bucket="captured", CreateBucketConfiguration={"LocationConstraint": REGION})
    deployment = Deployment(
        REGION,
        ACCOUNT,
        queue_sources=(QueueSource(queue, f"arn:aws:sqs:{REGION}:{ACCOUNT}:food", "eat", 5, BatchFailures.REPORTED),),
        stream_sources=(
            StreamSource(
                "outbox",
                _make_table(cloud),
                "tell",
                10,
                (AUDIT,),
                BatchFailures.WHOLE_BATCH,
                2,
                bisect=True,
                on_failure="",
            ),
        ),
        schedules=(
            Schedule("tick", "rate(1 minute)", f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:tick", '{"of": "rule"}'),
        ),
        alarms=tuple(_alarm(cloud, name, query, topic) for name, query in _WATCHED.items()),
        log_subscriptions=(LogSubscription("/aws/lambda/count", '{ $.kind = "prediction" }', _STREAM.arn),),
        metric_filters=(
            MetricFilter("/aws/lambda/count", '{ $.kind = "prediction" }', "Own", "Rows", "$.rows", "", {}),
        ),
        delivery_streams=(_STREAM,),
    )
    return Made(cloud, made(deployment, code, "eat", "tell", "tick", "note", "count"), queue, dead, topic)


_ERRORS = MetricQuery("m1", "", "AWS/Lambda", "Errors", {"FunctionName": "count"}, "Sum", 60)
_DEAD = MetricQuery("m1", "", "AWS/SQS", "ApproximateNumberOfMessagesVisible", {"QueueName": "dead"}, "Maximum", 60)
_BUSY = MetricQuery("m1", 'SELECT SUM("Predictions") FROM "Treadle" GROUP BY "model"', "", "", {}, "", 60)
_WATCHED = {"failing": _ERRORS, "dead-letters": _DEAD, "busy": _BUSY}
_STREAM = DeliveryStream(
    "capture",
    f"arn:aws:firehose:{REGION}:{ACCOUNT}:deliverystream/capture",
    "captured",
    "predictions/!{timestamp:yyyy/MM/dd/HH}/",
    60,
)


def _subscribe(cloud: Cloud, topic: str, note: Function) -> None:
    sns = cloud.client("sns")
    _make_function(cloud, note.name)
    sns.subscribe(TopicArn=topic, Protocol="email", Endpoint="owners@example.com")
    sns.subscribe(TopicArn=topic, Protocol="lambda", Endpoint=note.arn)


def _make_function(cloud: Cloud, name: str) -> None:
    """moto wants to know the functions that its topics call."""
    role = cloud.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    code = {"ZipFile": b"PK\x05\x06" + bytes(18)}
    cloud.client("lambda").create_function(FunctionName=name, Runtime="python3.13", Role=role, Handler="h.h", Code=code)


def _make_table(cloud: Cloud) -> str:
    table = cloud.client("dynamodb").create_table(
        TableName="outbox",
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "PK", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "PK", "AttributeType": "S"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )
    arn: str = table["TableDescription"]["LatestStreamArn"]
    return arn


def _alarm(cloud: Cloud, name: str, query: MetricQuery, topic: str) -> Alarm:
    """Raised by one value of at least 1 in a minute."""
    comparison = "GreaterThanOrEqualToThreshold"
    of_metric = {"Namespace": query.namespace, "MetricName": query.metric, "Statistic": query.statistic, "Period": 60}
    of_query = {"Metrics": [{"Id": query.id, "Expression": query.expression, "Period": 60}]}
    cloud.client("cloudwatch").put_metric_alarm(
        AlarmName=name,
        **(of_query if query.expression else of_metric),
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator=comparison,
    )
    arn = f"arn:aws:cloudwatch:{REGION}:{ACCOUNT}:alarm:{name}"
    return Alarm(name, arn, (query,), "m1", 1, comparison, 1, 1, "notBreaching", (topic,), (), ())
