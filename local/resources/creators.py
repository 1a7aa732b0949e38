"""One table: CloudFormation type → creator. A type that is not here stops the deployment with its name."""

from __future__ import annotations

from collections.abc import Mapping

from botocore.exceptions import ClientError

from local.errors import NotCreated, UnknownResource
from local.resources import (
    apigateway,
    awslambda,
    cloudwatch,
    cognito,
    dynamodb,
    events,
    firehose,
    iam,
    kms,
    logs,
    s3,
    settings,
    sns,
    sqs,
    stepfunctions,
    unenforced,
)
from local.resources.resource import Cloud, Created, Creator, Resource

SERVICES = (
    apigateway,
    awslambda,
    cloudwatch,
    cognito,
    dynamodb,
    events,
    firehose,
    iam,
    kms,
    logs,
    s3,
    settings,
    sns,
    sqs,
    stepfunctions,
    unenforced,
)
CREATORS: Mapping[str, Creator] = {name: make for service in SERVICES for name, make in service.CREATORS.items()}


def create(cloud: Cloud, resource: Resource) -> Created:
    """Create one resource; raises NotCreated with the API's own words when it is refused."""
    try:
        return CREATORS[resource.type](cloud, resource)
    except (ClientError, KeyError) as refused:
        raise NotCreated(
            f"{resource.stack}/{resource.id} ({resource.type}): {refused}",
            fix="correct it in stacks/, or its creator in local/resources/",
        ) from refused


def refuse_unknown(types: Mapping[str, str]) -> None:
    """Raises UnknownResource for the first `{path: type}` without a creator, before anything is created."""
    for path, name in sorted(types.items()):
        if name not in CREATORS:
            raise UnknownResource(
                f"{path}: the embedded cloud has no creator for {name}",
                fix="add one to local/resources/, or take the resource out of the stack",
            )
