"""HTTP APIs, as facts for the front's gateway: moto has no gateway that answers."""

from __future__ import annotations

from collections.abc import Mapping

from local.deployment import Authorizer
from local.resources.awslambda import function_name
from local.resources.facts import Integration, RouteTarget
from local.resources.resource import Cloud, Created, Creator, Resource


def _api(cloud: Cloud, resource: Resource) -> Created:
    front = cloud.addresses.front
    return Created(resource.id.lower(), {"ApiEndpoint": front, "ApiId": resource.id.lower()})


def _stage(_cloud: Cloud, resource: Resource) -> Created:
    return Created(resource.properties["StageName"])


def _authorizer(_cloud: Cloud, resource: Resource) -> Created:
    configuration = resource.properties["JwtConfiguration"]
    fact = Authorizer(resource.name(), configuration["Issuer"], tuple(configuration.get("Audience", ())))
    return Created(fact.name, {"AuthorizerId": fact.name}, (fact,))


def _integration(_cloud: Cloud, resource: Resource) -> Created:
    function = function_name(resource.properties["IntegrationUri"])
    return Created(resource.name(), {"IntegrationId": resource.name()}, (Integration(resource.name(), function),))


def _route(_cloud: Cloud, resource: Resource) -> Created:
    given = resource.properties
    target = RouteTarget(
        key=given["RouteKey"],
        integration=given["Target"].partition("/")[2],
        scopes=tuple(given.get("AuthorizationScopes", ())),
        authorizer=given.get("AuthorizerId", "") if given.get("AuthorizationType", "NONE") != "NONE" else "",
    )
    return Created(resource.name(), {"RouteId": resource.name()}, (target,))


CREATORS: Mapping[str, Creator] = {
    "AWS::ApiGatewayV2::Api": _api,
    "AWS::ApiGatewayV2::Authorizer": _authorizer,
    "AWS::ApiGatewayV2::Integration": _integration,
    "AWS::ApiGatewayV2::Route": _route,
    "AWS::ApiGatewayV2::Stage": _stage,
}
