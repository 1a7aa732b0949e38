"""Roles: a function may do what the ports of its verbs mean, and nothing else."""

import ast
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from stacks.grants import ACCOUNTS, GRANTS, READS, SEES, Grant, On
from tests.architecture.tree import dotted, modules
from tests.infrastructure.handlers import FUNCTIONS, bound, ports
from tests.infrastructure.templates import listed, resources, text

MEANT: Mapping[On, tuple[str, ...]] = {
    On.ARTIFACTS: ("${Artifacts.Arn}",),
    On.ARTIFACT_OBJECTS: ("${Artifacts.Arn}/*",),
    On.BUS: ("${Bus.Arn}",),
    On.CAPTURES: ("${Captures.Arn}",),
    On.CAPTURE_OBJECTS: ("${Captures.Arn}/*",),
    On.CAPTURES_QUEUE: ("${Captures.Arn}",),
    On.CHECKS: ("${Checks.Arn}",),
    On.DATA: ("${Data.Arn}",),
    On.DATA_OBJECTS: ("${Data.Arn}/*",),
    On.DATA_SETS: ("${Data.Arn}/*/datasets/*",),
    On.EXECUTIONS: ("arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:execution:treadle-learn:*",),
    On.INDEXES: ("${Table.Arn}/index/GSI1", "${Table.Arn}/index/GSI2"),
    On.KEY: ("${Key.Arn}",),
    On.RETIRE: ("arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:treadle-retire",),
    On.RETIREMENTS: ("${Artifacts.Arn}/*/retirements/*",),
    On.SLACK: ("${Slack}",),
    On.SLOTS: ("${Artifacts.Arn}/*/slots/*",),
    On.SUBSCRIPTIONS: ("*",),
    On.TABLE: ("${Table.Arn}",),
    On.TOPIC: ("${Notices}",),
    On.UPLOADS: ("${Uploads.Arn}",),
    On.WHEEL: ("arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:treadle-learn",),
}

TRACES = {("xray:PutTraceSegments", "*"), ("xray:PutTelemetryRecords", "*")}
CONSUME = (
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
    "sqs:ReceiveMessage",
)
DECRYPT = {("kms:Decrypt", "${Key.Arn}")}
BESIDE_PORTS: Mapping[str, set[tuple[str, str]]] = {
    "trigger": {(action, "${Uploads.Arn}") for action in CONSUME} | DECRYPT,
    "close": {(action, "${Ends.Arn}") for action in CONSUME} | DECRYPT,
    "sweep": {("sqs:SendMessage", "${SweepDeadLetters.Arn}")},
    "tick": {("sqs:SendMessage", "${TickDeadLetters.Arn}")},
    "fold": {(action, "${Captures.Arn}") for action in CONSUME} | DECRYPT,
    "monitor": {(action, "${Checks.Arn}") for action in CONSUME} | DECRYPT,
    "notify": {
        ("sqs:SendMessage", "${OutboxDeadLetters.Arn}"),
        ("dynamodb:ListStreams", "*"),
        ("kms:DescribeKey", "${Key.Arn}"),
        *(
            (f"dynamodb:{action}", "${Table.StreamArn}")
            for action in ("DescribeStream", "GetRecords", "GetShardIterator")
        ),
    },
}
"""What Lambda does in a function's name: read its queue or stream, put aside what failed."""

INSTEAD: Mapping[str, Mapping[str, tuple[Grant, ...]]] = {
    "predict": READS,
    "api": ACCOUNTS,
    "fold": READS,
    "monitor": READS,
    "notify": READS,
    "sweep": SEES,
    "retire": ACCOUNTS,
    "judge": READS,
}
"""Functions to which a port means less."""

TAKEN_BY: Mapping[str, str] = {
    "LearnRole": "states.amazonaws.com",
    "DrainRole": "states.amazonaws.com",
    "CapturesRole": "firehose.amazonaws.com",
    "CapturedRole": "logs.amazonaws.com",
}
"""Roles that are no function's."""

MACHINES: Mapping[str, tuple[str, ...]] = {
    "LearnRole": (
        *("data", "train", "score", "evaluate", "register"),
        *("approve", "deploy", "judge", "promote", "rollback"),
    ),
    "DrainRole": ("retire",),
}

WITHOUT_RESOURCES = frozenset(
    {
        "dynamodb:ListStreams",
        "logs:CreateLogDelivery",
        "logs:DeleteLogDelivery",
        "logs:DescribeLogGroups",
        "logs:DescribeResourcePolicies",
        "logs:GetLogDelivery",
        "logs:ListLogDeliveries",
        "logs:PutResourcePolicy",
        "logs:UpdateLogDelivery",
        "sns:GetSubscriptionAttributes",
        "sns:SetSubscriptionAttributes",
        "sns:Unsubscribe",
        "xray:GetSamplingRules",
        "xray:GetSamplingTargets",
        "xray:PutTelemetryRecords",
        "xray:PutTraceSegments",
    }
)
"""Actions that AWS grants on everything or not at all."""


def _statements(role: str) -> Iterator[Mapping[str, Any]]:
    for policy in resources("AWS::IAM::Policy"):
        if f"${{{role}}}" in map(text, policy.properties["Roles"]):
            yield from policy.properties["PolicyDocument"]["Statement"]


def _allowed(role: str) -> set[tuple[str, str]]:
    """Action and resource, pair by pair."""
    return {
        (action, text(resource))
        for statement in _statements(role)
        for action in listed(statement["Action"])
        for resource in listed(statement["Resource"])
    }


def _of_ports(function: str) -> set[tuple[str, str]]:
    table = {**GRANTS, **INSTEAD.get(function, {})}
    return {
        (action, resource)
        for port in ports(function)
        for grant in table[port]
        for action in grant.actions
        for resource in MEANT[grant.on]
    }


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_role_holds_what_the_ports_of_its_functions_verbs_mean_and_nothing_else(function: str) -> None:
    name = function.capitalize()
    logs = {(action, f"${{{name}Logs.Arn}}") for action in ("logs:CreateLogStream", "logs:PutLogEvents")}
    expected = _of_ports(function) | logs | TRACES | BESIDE_PORTS.get(function, set())
    assert _allowed(f"{name}Role") == expected


@pytest.mark.parametrize("role", sorted(MACHINES))
def test_a_machine_may_invoke_its_verbs_and_nothing_else(role: str) -> None:
    invoked = {resource for action, resource in _allowed(role) if action == "lambda:InvokeFunction"}
    assert invoked == {f"${{{verb.capitalize()}Function.Arn}}" for verb in MACHINES[role]}
    others = {action for action, resource in _allowed(role) if resource == "*"}
    assert others - WITHOUT_RESOURCES == set()


def test_no_role_has_a_wildcard_for_an_action_or_for_everything_where_aws_knows_resources() -> None:
    for role in resources("AWS::IAM::Role"):
        for action, resource in _allowed(role.id):
            assert "*" not in action
            assert resource != "*" or action in WITHOUT_RESOURCES


def test_roles_are_taken_by_the_service_that_needs_them_and_hold_no_policy_of_aws() -> None:
    for role in resources("AWS::IAM::Role"):
        [trust] = role.properties["AssumeRolePolicyDocument"]["Statement"]
        assert trust["Principal"] == {"Service": TAKEN_BY.get(role.id, "lambda.amazonaws.com")}
        assert "ManagedPolicyArns" not in role.properties


def _writes(module: str) -> Iterator[str]:
    """Where a module of ours writes an artifact."""
    for found in (one for one in modules("shared") if one.name == module):
        for node in (node for node in ast.walk(found.tree) if isinstance(node, ast.Call)):
            if dotted(node.func) in {"artifacts.write", "artifacts.save"}:
                yield found.at(node)


@pytest.mark.parametrize("function", ["api", "predict"])
def test_what_the_internet_reaches_writes_no_artifact(function: str) -> None:
    api = {one.name for one in modules("shared/api")}
    verbs = {"shared.lifecycle.predict"} if function == "predict" else api
    assert {one.verb.__module__ for one in bound(function)} <= api
    assert [place for module in sorted(verbs | api) for place in _writes(module)] == []
