"""Parameters and secrets. A generated secret is the same after a restart: what was hashed with it has to match."""

from __future__ import annotations

import json
import secrets
import string
from collections.abc import Mapping

from local.resources.resource import Cloud, Created, Creator, Properties, Resource

DEFAULT_LENGTH = 32

# What stands in a secret that people would fill in on AWS, by its tag `holds`: Slack's row for every channel
STAND_INS = {"slack-webhooks": '{"*": "/any"}'}


def _parameter(cloud: Cloud, resource: Resource) -> Created:
    given = resource.properties
    name = given.get("Name") or f"/{resource.name()}"
    cloud.client("ssm").put_parameter(Name=name, Value=given["Value"], Type=given.get("Type", "String"))
    return Created(name, {"Type": given.get("Type", "String"), "Value": given["Value"]})


def _secret(cloud: Cloud, resource: Resource) -> Created:
    given = resource.properties
    name = resource.name("Name", longest=512)
    arn = cloud.client("secretsmanager").create_secret(Name=name, SecretString=_content(cloud, name, given))["ARN"]
    return Created(arn, {"Id": arn})


def _content(cloud: Cloud, name: str, given: Properties) -> str:
    tags = {tag["Key"]: tag["Value"] for tag in given.get("Tags", ())}
    if (holds := tags.get("holds")) in STAND_INS:
        return STAND_INS[holds]
    generated = given.get("GenerateSecretString")
    if not isinstance(generated, Mapping):
        return str(given.get("SecretString", ""))
    letters = string.ascii_letters + string.digits
    length = int(generated.get("PasswordLength", DEFAULT_LENGTH))
    word = cloud.vault.secret(f"secret/{name}", lambda: "".join(secrets.choice(letters) for _ in range(length)))
    if "SecretStringTemplate" not in generated:
        return word
    return json.dumps(json.loads(generated["SecretStringTemplate"]) | {generated["GenerateStringKey"]: word})


CREATORS: Mapping[str, Creator] = {"AWS::SSM::Parameter": _parameter, "AWS::SecretsManager::Secret": _secret}
