"""Functions, their aliases and what calls them. Code is not uploaded: workers run it where synthesis put it."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from local.deployment import BatchFailures, Function, QueueSource, StreamSource
from local.errors import NotCreated
from local.resources.facts import AsyncInvocation
from local.resources.resource import Cloud, Created, Creator, Resource

DEFAULT_TIMEOUT_S, DEFAULT_MEMORY_MB = 3, 128


def function_name(reference: str) -> str:
    """The name in a function's name, ARN, alias' ARN or invocation URI."""
    found = re.search(r":function:([^:/]+)", reference)
    return found[1] if found else reference.partition(":")[0]


@cache
def _stub() -> bytes:
    """Code for moto's copy of a function, which nobody runs."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as content:
        content.writestr("stub.py", "")
    return archive.getvalue()


def _function(cloud: Cloud, resource: Resource) -> Created:
    given = resource.properties
    name = resource.name("FunctionName")
    environment = {key: str(value) for key, value in given.get("Environment", {}).get("Variables", {}).items()}
    arn = cloud.arn("lambda", f"function:{name}")
    function = Function(
        name=name,
        arn=arn,
        handler=given["Handler"],
        code=_code(cloud, resource),
        environment=environment,
        timeout_s=int(given.get("Timeout", DEFAULT_TIMEOUT_S)),
        memory_mb=int(given.get("MemorySize", DEFAULT_MEMORY_MB)),
        log_group=given.get("LoggingConfig", {}).get("LogGroup") or f"/aws/lambda/{name}",
        on_failure=given.get("DeadLetterConfig", {}).get("TargetArn", ""),
    )
    cloud.client("lambda").create_function(
        FunctionName=name,
        Runtime=given["Runtime"],
        Role=given["Role"],
        Handler=function.handler,
        Code={"ZipFile": _stub()},
        Timeout=function.timeout_s,
        MemorySize=function.memory_mb,
        Environment={"Variables": environment},
    )
    return Created(name, {"Arn": arn}, (function,))


def _code(cloud: Cloud, resource: Resource) -> Path:
    """The asset directory that a function's S3 key stands for."""
    key = resource.properties["Code"].get("S3Key", "")
    if key not in cloud.code:
        raise NotCreated(
            f"function {resource.id}: its code is not an asset of this synthesis (S3Key {key or 'absent'})",
            fix="give the function `Code.from_asset(<directory>)` and synthesize again",
        )
    return cloud.code[key]


def _version(cloud: Cloud, resource: Resource) -> Created:
    arn = cloud.arn("lambda", f"function:{function_name(resource.properties['FunctionName'])}:1")
    return Created(arn, {"Version": "1", "FunctionArn": arn})


def _alias(cloud: Cloud, resource: Resource) -> Created:
    name = function_name(resource.properties["FunctionName"])
    arn = cloud.arn("lambda", f"function:{name}:{resource.properties['Name']}")
    return Created(arn, {"AliasArn": arn})


def _layer(cloud: Cloud, resource: Resource) -> Created:
    arn = cloud.arn("lambda", f"layer:{resource.name('LayerName', longest=140)}:1")
    return Created(arn, {"LayerVersionArn": arn})


def _invocation(_cloud: Cloud, resource: Resource) -> Created:
    given = resource.properties
    on_failure = given.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination", "")
    retries = int(given.get("MaximumRetryAttempts", 2))
    return Created(resource.name(), facts=(AsyncInvocation(function_name(given["FunctionName"]), retries, on_failure),))


def _source(cloud: Cloud, resource: Resource) -> Created:
    given = resource.properties
    if given.get("Enabled", True) in {False, "false"}:
        return Created(resource.name())
    source_arn, function = given["EventSourceArn"], function_name(given["FunctionName"])
    reported = "ReportBatchItemFailures" in given.get("FunctionResponseTypes", ())
    failures = BatchFailures.REPORTED if reported else BatchFailures.WHOLE_BATCH
    if ":sqs:" in source_arn:
        url = f"{cloud.addresses.moto}/{cloud.account}/{source_arn.rpartition(':')[2]}"
        return Created(
            resource.name(), facts=(QueueSource(url, source_arn, function, int(given.get("BatchSize", 10)), failures),)
        )
    stream = StreamSource(
        table=source_arn.partition(":table/")[2].partition("/")[0],
        stream_arn=source_arn,
        function=function,
        batch_size=int(given.get("BatchSize", 100)),
        patterns=tuple(
            one["Pattern"] if isinstance(one["Pattern"], str) else json.dumps(one["Pattern"])
            for one in given.get("FilterCriteria", {}).get("Filters", ())
        ),
        failures=failures,
        retries=int(given.get("MaximumRetryAttempts", -1)),
        bisect=given.get("BisectBatchOnFunctionError", False) in {True, "true"},
        on_failure=given.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination", ""),
    )
    return Created(resource.name(), facts=(stream,))


CREATORS: Mapping[str, Creator] = {
    "AWS::Lambda::Alias": _alias,
    "AWS::Lambda::EventInvokeConfig": _invocation,
    "AWS::Lambda::EventSourceMapping": _source,
    "AWS::Lambda::Function": _function,
    "AWS::Lambda::LayerVersion": _layer,
    "AWS::Lambda::Version": _version,
}
