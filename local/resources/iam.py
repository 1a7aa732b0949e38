"""Roles. moto wants a function's role to exist; policies are enforced by nobody here, template tests hold them."""

from __future__ import annotations

import json
from collections.abc import Mapping

from local.resources.resource import Cloud, Created, Creator, Resource


def _role(cloud: Cloud, resource: Resource) -> Created:
    name = resource.name("RoleName", longest=64)
    trust = json.dumps(resource.properties["AssumeRolePolicyDocument"])
    role = cloud.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=trust)["Role"]
    return Created(name, {"Arn": role["Arn"], "RoleId": role["RoleId"]})


CREATORS: Mapping[str, Creator] = {"AWS::IAM::Role": _role}
