"""Grants: a port's are what its adapter calls AWS for, no more and no less."""

import ast
from collections.abc import Iterator, Mapping

import pytest

from shared import wiring
from stacks.grants import GRANTS
from tests.architecture.tree import dotted, modules

ADAPTERS = {
    "registry": "shared.adapters.dynamodb_registry",
    "servings": "shared.adapters.dynamodb_servings",
    "profiles": "shared.adapters.dynamodb_profiles",
    "artifacts": "shared.adapters.s3_objects",
    "slots": "shared.adapters.s3_slots",
    "eraser": "shared.adapters.s3_eraser",
    "doorstep": "shared.adapters.s3_doorstep",
    "arrivals": "shared.adapters.s3_arrivals",
    "wheel": "shared.adapters.stepfunctions_wheel",
    "drains": "shared.adapters.stepfunctions_drains",
    "tasks": "shared.adapters.stepfunctions_tasks",
    "leftovers": "shared.adapters.s3_leftovers",
    "checks": "shared.adapters.sqs_checks",
    "deliveries": "shared.adapters.sqs_deliveries",
    "slack": "shared.adapters.slack_webhooks",
    "notices": "shared.adapters.sns_notices",
    "bus": "shared.adapters.eventbridge_bus",
}
CALLS: Mapping[str, frozenset[str]] = {
    "transact_get_items": frozenset({"dynamodb:GetItem"}),
    "transact_write_items": frozenset({"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:ConditionCheckItem"}),
    "get_item": frozenset({"dynamodb:GetItem"}),
    "query": frozenset({"dynamodb:Query"}),
    "get_object": frozenset({"s3:GetObject"}),
    "head_object": frozenset({"s3:GetObject"}),
    "delete_object": frozenset({"s3:DeleteObjectVersion"}),
    "put_item": frozenset({"dynamodb:PutItem"}),
    "get_secret_value": frozenset({"secretsmanager:GetSecretValue"}),
    "put_object": frozenset({"s3:PutObject"}),
    "list_objects_v2": frozenset({"s3:ListBucket"}),
    "list_object_versions": frozenset({"s3:ListBucketVersions"}),
    "get_queue_attributes": frozenset({"sqs:GetQueueAttributes"}),
    "send_message": frozenset({"sqs:SendMessage"}),
    "start_execution": frozenset({"states:StartExecution"}),
    "stop_execution": frozenset({"states:StopExecution"}),
    "send_task_success": frozenset({"states:SendTaskSuccess"}),
    "send_task_failure": frozenset({"states:SendTaskFailure"}),
    "list_executions": frozenset({"states:ListExecutions"}),
    "describe_execution": frozenset({"states:DescribeExecution"}),
    "publish": frozenset({"sns:Publish"}),
    "subscribe": frozenset({"sns:Subscribe"}),
    "unsubscribe": frozenset({"sns:Unsubscribe"}),
    "list_subscriptions_by_topic": frozenset({"sns:ListSubscriptionsByTopic"}),
    "get_subscription_attributes": frozenset({"sns:GetSubscriptionAttributes"}),
    "set_subscription_attributes": frozenset({"sns:SetSubscriptionAttributes"}),
    "put_events": frozenset({"events:PutEvents"}),
}
"""A client's method → the actions that AWS asks for."""

NAMES_ANOTHER = frozenset({"get_paginator", "generate_presigned_url"})
"""Methods whose first argument is the method that is called for them."""

LESS: Mapping[str, frozenset[str]] = {"profiles": frozenset({"dynamodb:UpdateItem", "dynamodb:ConditionCheckItem"})}
"""What an adapter's calls could be, and are not: its transactions only put."""

HIDDEN: Mapping[str, frozenset[str]] = {"slots": frozenset({"s3:ListBucket"})}
"""What no call asks for: without it S3 hides from a reader that a key is absent."""


def _clients(tree: ast.Module) -> frozenset[str]:
    """The attributes that hold a client of AWS."""
    made = (node for node in ast.walk(tree) if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Call))
    return frozenset(dotted(node.target) for node in made if dotted(getattr(node.value, "func", node)) == "client")


def _called(package: str) -> Iterator[str]:
    """The methods of AWS's clients, and the paginated ones, that an adapter calls or hands on to be called."""
    found = [one for one in modules("shared/adapters") if f"{one.name}.".startswith(f"{package}.")]
    clients = frozenset(client for module in found for client in _clients(module.tree))
    assert clients != frozenset()
    for node in (node for module in found for node in ast.walk(module.tree)):
        client, _, method = dotted(node).rpartition(".")
        if client in clients and method not in NAMES_ANOTHER:
            yield method
        if isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] in NAMES_ANOTHER:
            yield ast.literal_eval(node.args[0])


@pytest.mark.parametrize("port", sorted(ADAPTERS))
def test_a_grant_is_what_its_adapter_calls(port: str) -> None:
    asked = frozenset(action for call in _called(ADAPTERS[port]) for action in CALLS[call])
    given = {action for grant in GRANTS[port] for action in grant.actions if not action.startswith("kms:")}
    assert given == (asked - LESS.get(port, frozenset())) | HIDDEN.get(port, frozenset())


def test_uploads_are_read_and_never_written() -> None:
    actions = {action for grant in GRANTS["uploads"] for action in grant.actions}
    assert actions == {"s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket", "kms:Decrypt"}


def test_captures_are_read_and_never_written() -> None:
    actions = {action for grant in GRANTS["captures"] for action in grant.actions}
    assert actions == {"s3:GetObject", "s3:ListBucket", "kms:Decrypt"}


def test_every_port_has_its_grants() -> None:
    assert set(GRANTS) == set(wiring.PORTS)
