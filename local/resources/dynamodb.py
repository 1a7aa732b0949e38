"""Tables, in DynamoDB Local. They outlive the cloud: a table that is there already is kept if its keys are the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local.errors import NotCreated
from local.resources.facts import Table
from local.resources.resource import Cloud, Created, Creator, Properties, Resource

INDEX_FIELDS = ("IndexName", "KeySchema", "Projection")


def _table(cloud: Cloud, resource: Resource) -> Created:
    name = resource.name("TableName", longest=255)
    api = cloud.client("dynamodb")
    wanted = _request(name, resource.properties)
    try:
        described = api.create_table(**wanted)["TableDescription"]
    except api.exceptions.ResourceInUseException:
        described = _kept(api, wanted)
    if expiry := resource.properties.get("TimeToLiveSpecification"):
        _expire(api, name, expiry)
    return Created(
        name, {"Arn": described["TableArn"], "StreamArn": described.get("LatestStreamArn", "")}, (Table(name),)
    )


def _request(name: str, given: Properties) -> dict[str, Any]:
    """CreateTable's request; a global table is a table of one region here."""
    request: dict[str, Any] = {
        "TableName": name,
        "AttributeDefinitions": given["AttributeDefinitions"],
        "KeySchema": given["KeySchema"],
        "BillingMode": "PAY_PER_REQUEST",
    }
    for kind in ("GlobalSecondaryIndexes", "LocalSecondaryIndexes"):
        if given.get(kind):
            request[kind] = [{field: index[field] for field in INDEX_FIELDS} for index in given[kind]]
    if stream := given.get("StreamSpecification"):
        request["StreamSpecification"] = {"StreamEnabled": True, "StreamViewType": stream["StreamViewType"]}
    return request


def _kept(api: Any, wanted: Mapping[str, Any]) -> Mapping[str, Any]:
    described: Mapping[str, Any] = api.describe_table(TableName=wanted["TableName"])["Table"]
    if _shape(described) != _shape(wanted):
        raise NotCreated(
            f"table {wanted['TableName']}: the kept one has other keys or indexes than the template",
            fix="start empty with `make up FRESH=1`",
        )
    return described


def _shape(table: Mapping[str, Any]) -> object:
    keys = sorted((key["AttributeName"], key["KeyType"]) for key in table["KeySchema"])
    indexes = sorted(
        (index["IndexName"], str(index["KeySchema"]), str(index["Projection"]))
        for kind in ("GlobalSecondaryIndexes", "LocalSecondaryIndexes")
        for index in table.get(kind, ())
    )
    return keys, indexes, bool(table.get("StreamSpecification"))


def _expire(api: Any, name: str, expiry: Mapping[str, Any]) -> None:
    """Turn expiry on once: asking for what is set already is an error of the API."""
    now = api.describe_time_to_live(TableName=name)["TimeToLiveDescription"]["TimeToLiveStatus"]
    if now not in {"ENABLED", "ENABLING"}:
        asked = {"Enabled": True, "AttributeName": expiry["AttributeName"]}
        api.update_time_to_live(TableName=name, TimeToLiveSpecification=asked)


CREATORS: Mapping[str, Creator] = {"AWS::DynamoDB::GlobalTable": _table, "AWS::DynamoDB::Table": _table}
