"""User pools, as facts for the token endpoint of the front: it issues what a pool's clients would get."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from local.deployment import Client
from local.resources.facts import Scopes
from local.resources.resource import Cloud, Created, Creator, Resource


def _pool(cloud: Cloud, resource: Resource) -> Created:
    name = f"{cloud.region}_{_token(resource)[:9]}"
    provider = f"cognito-idp.{cloud.region}.amazonaws.com/{name}"
    attributes = {
        "Arn": cloud.arn("cognito-idp", f"userpool/{name}"),
        "ProviderName": provider,
        "ProviderURL": f"https://{provider}",
        "UserPoolId": name,
    }
    return Created(name, attributes)


def _resource_server(_cloud: Cloud, resource: Resource) -> Created:
    identifier = resource.properties["Identifier"]
    names = tuple(f"{identifier}/{scope['ScopeName']}" for scope in resource.properties.get("Scopes", ()))
    return Created(identifier, facts=(Scopes(names),))


def _client(cloud: Cloud, resource: Resource) -> Created:
    given = resource.properties
    name = _token(resource)[:26]
    secret = cloud.vault.secret(f"client/{name}")
    machine = "client_credentials" in given.get("AllowedOAuthFlows", ())
    facts = (Client(name, secret, tuple(given.get("AllowedOAuthScopes", ()))),) if machine else ()
    return Created(name, {"ClientId": name, "ClientSecret": secret, "Name": resource.name("ClientName")}, facts)


def _domain(_cloud: Cloud, resource: Resource) -> Created:
    return Created(resource.properties["Domain"], {"CloudFrontDistribution": ""})


def _token(resource: Resource) -> str:
    """Letters and digits that stay the same from one start to the next."""
    return hashlib.sha256(f"{resource.stack}/{resource.id}".encode()).hexdigest()


CREATORS: Mapping[str, Creator] = {
    "AWS::Cognito::UserPool": _pool,
    "AWS::Cognito::UserPoolClient": _client,
    "AWS::Cognito::UserPoolDomain": _domain,
    "AWS::Cognito::UserPoolResourceServer": _resource_server,
}
