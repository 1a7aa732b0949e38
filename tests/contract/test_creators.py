"""What a creator makes of a resource: in the APIs of the embedded cloud, and in the facts that set it in motion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from local.deployment import Addresses, Alarm, Authorizer, BatchFailures, Function, QueueSource, Schedule, StreamSource
from local.errors import NotCreated
from local.resources.creators import create
from local.resources.facts import AsyncInvocation, Integration, RouteTarget
from local.resources.resource import Cloud, Created, Resource
from local.vault import Vault
from tests.contract.patches.servers import Moto, patched, recording_front
from tests.unit.local.templates import BUCKET, function

LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:predict"


@pytest.fixture(scope="module")
def moto(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moto]:
    with recording_front() as front, patched(front, tmp_path_factory.mktemp("s3")) as server:
        server.client("iam").create_role(RoleName="worker", AssumeRolePolicyDocument="{}")
        yield server


@pytest.fixture
def cloud(moto: Moto, tmp_path: Path) -> Cloud:
    addresses = Addresses(moto.url, "", "127.0.0.1", 1)
    return Cloud("123456789012", "us-east-1", addresses, {"code.zip": tmp_path}, Vault(tmp_path / "secrets.json"))


def _made(cloud: Cloud, kind: str, properties: Mapping[str, Any], id_: str = "Thing") -> Created:
    return create(cloud, Resource("Stack", id_, kind, properties))


def test_a_bucket_is_made_with_versions_and_events_and_without_rules(cloud: Cloud, moto: Moto) -> None:
    rules = {"LifecycleConfiguration": {"Rules": [{"Status": "Enabled", "ExpirationInDays": 1}]}}
    made = _made(cloud, "AWS::S3::Bucket", {**BUCKET["Properties"], **rules})
    s3 = moto.client("s3")
    assert made.ref == "stack-thing"
    assert s3.get_bucket_versioning(Bucket=made.ref)["Status"] == "Enabled"
    assert _told_of_a_put(moto, made.ref)
    with pytest.raises(s3.exceptions.ClientError, match="NoSuchLifecycleConfiguration"):
        s3.get_bucket_lifecycle_configuration(Bucket=made.ref)


def _told_of_a_put(moto: Moto, bucket: str) -> bool:
    """Whether the bus hears of a new object."""
    url = moto.client("sqs").create_queue(QueueName="heard")["QueueUrl"]
    moto.client("events").put_rule(Name="heard", EventPattern='{"source": ["aws.s3"]}')
    target = {"Id": "1", "Arn": "arn:aws:sqs:us-east-1:123456789012:heard"}
    moto.client("events").put_targets(Rule="heard", Targets=[target])
    moto.client("s3").put_object(Bucket=bucket, Key="new", Body=b"x")
    return "Messages" in moto.client("sqs").receive_message(QueueUrl=url)


def test_a_function_runs_where_synthesis_put_it_without_layers(cloud: Cloud, moto: Moto, tmp_path: Path) -> None:
    given = function(Layers=["arn:layer"], Timeout=20, MemorySize=512, Environment={"Variables": {"N": 1}})
    role = "arn:aws:iam::123456789012:role/worker"
    made = _made(cloud, "AWS::Lambda::Function", {**given["Properties"], "Role": role}, "Predict")
    (fact,) = made.facts
    assert isinstance(fact, Function)
    assert (fact.code, fact.handler, fact.environment) == (tmp_path, "echo.handle", {"N": "1"})
    assert (fact.timeout_s, fact.memory_mb, fact.log_group) == (20, 512, "/aws/lambda/Stack-Predict")
    assert not moto.client("lambda").get_function(FunctionName=made.ref)["Configuration"].get("Layers")


def test_an_alias_is_the_function_itself(cloud: Cloud) -> None:
    asked = {"FunctionName": "predict", "FunctionVersion": "1", "Name": "live"}
    alias = _made(cloud, "AWS::Lambda::Alias", asked).ref
    assert alias == f"{LAMBDA}:live"
    made = _made(cloud, "AWS::ApiGatewayV2::Integration", {"IntegrationUri": alias})
    assert made.facts == (Integration("Stack-Thing", "predict"),)


def test_a_function_that_fails_goes_to_its_destination_after_its_retries(cloud: Cloud) -> None:
    destination = {"OnFailure": {"Destination": "arn:dlq"}}
    asked = {"FunctionName": "predict", "MaximumRetryAttempts": 0, "DestinationConfig": destination}
    made = _made(cloud, "AWS::Lambda::EventInvokeConfig", asked)
    assert made.facts == (AsyncInvocation("predict", 0, "arn:dlq"),)


def test_a_queue_is_polled_for_its_function(cloud: Cloud, moto: Moto) -> None:
    queue = _made(cloud, "AWS::SQS::Queue", {"SqsManagedSseEnabled": True, "VisibilityTimeout": 30}, "Uploads")
    asked = {"FunctionResponseTypes": ["ReportBatchItemFailures"], "BatchSize": 5, "FunctionName": LAMBDA}
    source = {"EventSourceArn": queue.attributes["Arn"], **asked}
    made = _made(cloud, "AWS::Lambda::EventSourceMapping", source)
    expected = QueueSource(queue.ref, queue.attributes["Arn"], "predict", 5, BatchFailures.REPORTED)
    assert made.facts == (expected,)
    assert moto.client("sqs").get_queue_url(QueueName="Stack-Uploads")["QueueUrl"] == queue.ref


def test_a_stream_is_read_for_its_function_with_its_patterns(cloud: Cloud) -> None:
    arn = "arn:aws:dynamodb:ddblocal:000000000000:table/registry/stream/2026"
    asked = {"FilterCriteria": {"Filters": [{"Pattern": '{"a":[1]}'}]}, "BisectBatchOnFunctionError": True}
    made = _made(cloud, "AWS::Lambda::EventSourceMapping", {"EventSourceArn": arn, "FunctionName": "notify", **asked})
    (fact,) = made.facts
    assert isinstance(fact, StreamSource)
    assert (fact.table, fact.patterns, fact.bisect, fact.retries) == ("registry", ('{"a":[1]}',), True, -1)


def test_a_source_that_is_switched_off_is_not_polled(cloud: Cloud) -> None:
    asked = {"EventSourceArn": "arn:aws:sqs:us-east-1:1:q", "FunctionName": "f", "Enabled": False}
    assert _made(cloud, "AWS::Lambda::EventSourceMapping", asked).facts == ()


def test_a_state_machine_is_made_without_its_log(cloud: Cloud, moto: Moto) -> None:
    definition = '{"StartAt": "Done", "States": {"Done": {"Type": "${kind}"}}}'
    log = {"LoggingConfiguration": {"Level": "ALL", "Destinations": []}}
    asked = {
        "DefinitionString": definition,
        "DefinitionSubstitutions": {"kind": "Succeed"},
        "RoleArn": "arn:aws:iam::123456789012:role/worker",
    }
    made = _made(cloud, "AWS::StepFunctions::StateMachine", {**asked, **log})
    described = moto.client("stepfunctions").describe_state_machine(stateMachineArn=made.ref)
    assert '"Succeed"' in described["definition"]
    assert described.get("loggingConfiguration", {}).get("level", "OFF") == "OFF"


def test_a_rule_with_a_clock_is_a_schedule_a_target(cloud: Cloud) -> None:
    target = {"Id": "1", "Arn": LAMBDA, "Input": '{"tick":1}', "DeadLetterConfig": {"Arn": "arn:dlq"}}
    asked = {"ScheduleExpression": "rate(5 minutes)", "Targets": [target]}
    made = _made(cloud, "AWS::Events::Rule", asked)
    assert made.facts == (Schedule("Stack-Thing", "rate(5 minutes)", LAMBDA, '{"tick":1}', "arn:dlq"),)
    assert _made(cloud, "AWS::Events::Rule", {**asked, "State": "DISABLED"}).facts == ()


def test_an_alarm_keeps_what_it_takes_to_evaluate_it(cloud: Cloud, moto: Moto) -> None:
    metric = {"Namespace": "AWS/SQS", "MetricName": "Visible", "Dimensions": [{"Name": "QueueName", "Value": "dlq"}]}
    how = {"Statistic": "Maximum", "Period": 60, "Threshold": 1, "EvaluationPeriods": 3, "AlarmActions": ["arn:topic"]}
    asked = {**metric, **how, "ComparisonOperator": "GreaterThanOrEqualToThreshold", "TreatMissingData": "notBreaching"}
    (fact,) = _made(cloud, "AWS::CloudWatch::Alarm", asked).facts
    assert isinstance(fact, Alarm)
    (query,) = fact.queries
    assert (query.id, query.dimensions, query.statistic, query.period_s) == (
        fact.watches,
        {"QueueName": "dlq"},
        "Maximum",
        60,
    )
    assert (fact.threshold, fact.datapoints_to_alarm, fact.alarm_actions) == (1.0, 3, ("arn:topic",))
    described = moto.client("cloudwatch").describe_alarms(AlarmNames=[fact.name])["MetricAlarms"]
    assert described[0]["AlarmActions"] == ["arn:topic"]


def test_an_alarm_over_an_expression_watches_the_line_it_returns(cloud: Cloud) -> None:
    stat = {"Metric": {"Namespace": "N", "MetricName": "Errors"}, "Stat": "Sum", "Period": 300}
    lines = [{"Id": "rate", "Expression": "e / 2"}, {"Id": "e", "MetricStat": stat, "ReturnData": False}]
    asked = {"Metrics": lines, "Threshold": 0.1, "EvaluationPeriods": 1, "ComparisonOperator": "GreaterThanThreshold"}
    (fact,) = _made(cloud, "AWS::CloudWatch::Alarm", asked, "Rate").facts
    assert isinstance(fact, Alarm)
    assert fact.watches == "rate"
    assert [(query.id, query.expression, query.statistic) for query in fact.queries] == [
        ("rate", "e / 2", ""),
        ("e", "", "Sum"),
    ]


def test_a_route_keeps_its_authorizer_and_scopes(cloud: Cloud) -> None:
    jwt = {"JwtConfiguration": {"Issuer": "https://issuer", "Audience": ["client"]}}
    authorizer = _made(cloud, "AWS::ApiGatewayV2::Authorizer", jwt, "Jwt")
    assert authorizer.facts == (Authorizer("Stack-Jwt", "https://issuer", ("client",)),)
    asked = {"RouteKey": "GET /models", "Target": "integrations/api", "AuthorizationScopes": ["treadle/read"]}
    closed = _made(
        cloud, "AWS::ApiGatewayV2::Route", {**asked, "AuthorizationType": "JWT", "AuthorizerId": authorizer.ref}
    )
    assert closed.facts == (RouteTarget("GET /models", "api", ("treadle/read",), "Stack-Jwt"),)
    opened = _made(cloud, "AWS::ApiGatewayV2::Route", {**asked, "AuthorizationType": "NONE"})
    assert opened.facts == (RouteTarget("GET /models", "api", ("treadle/read",), ""),)


def test_a_generated_secret_is_kept(cloud: Cloud, moto: Moto) -> None:
    asked = {"GenerateSecretString": {"PasswordLength": 24, "SecretStringTemplate": "{}", "GenerateStringKey": "salt"}}
    made = _made(cloud, "AWS::SecretsManager::Secret", asked, "Salt")
    secret = moto.client("secretsmanager").get_secret_value(SecretId=made.ref)["SecretString"]
    kept = cloud.vault.secret("secret/Stack-Salt")
    assert secret == f'{{"salt": "{kept}"}}'
    assert len(kept) == 24


def test_a_refused_resource_is_told_with_the_words_of_the_api(cloud: Cloud) -> None:
    with pytest.raises(NotCreated, match=r"Stack/Thing \(AWS::Lambda::Function\).*role"):
        _made(
            cloud,
            "AWS::Lambda::Function",
            {**function()["Properties"], "Role": "arn:aws:iam::123456789012:role/absent"},
        )


def test_a_property_that_is_missing_is_named(cloud: Cloud) -> None:
    with pytest.raises(NotCreated, match=r"Stack/Thing \(AWS::SNS::Subscription\): 'TopicArn'"):
        _made(cloud, "AWS::SNS::Subscription", {"Protocol": "email"})
