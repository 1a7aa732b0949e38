"""Keys and their aliases. Nothing is encrypted with them here."""

from __future__ import annotations

import json
from collections.abc import Mapping

from local.resources.resource import Cloud, Created, Creator, Resource


def _key(cloud: Cloud, resource: Resource) -> Created:
    given = resource.properties
    made = cloud.client("kms").create_key(
        Policy=json.dumps(given.get("KeyPolicy", {})),
        Description=given.get("Description", ""),
        KeyUsage=given.get("KeyUsage", "ENCRYPT_DECRYPT"),
        KeySpec=given.get("KeySpec", "SYMMETRIC_DEFAULT"),
    )["KeyMetadata"]
    return Created(made["KeyId"], {"Arn": made["Arn"], "KeyId": made["KeyId"]})


def _alias(cloud: Cloud, resource: Resource) -> Created:
    name = resource.properties["AliasName"]
    key = resource.properties["TargetKeyId"].rpartition("/")[2]
    cloud.client("kms").create_alias(AliasName=name, TargetKeyId=key)
    return Created(name)


CREATORS: Mapping[str, Creator] = {"AWS::KMS::Alias": _alias, "AWS::KMS::Key": _key}
