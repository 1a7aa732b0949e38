"""Routes: the gateway's are the one table's, each behind its scope but for those that are open on purpose."""

from collections.abc import Mapping
from typing import Any, get_args

from shared.api.route import Scope
from shared.api.routes import ROUTES
from stacks.people import SCOPES
from tests.infrastructure.templates import only, resources, text

OPEN = {"GET /health", "GET /openapi.json", "GET /schema/model-v1.json", "$default"}
MOST_ROUTES = 300
MOST_SCOPES = 10


def _routes() -> Mapping[str, Mapping[str, Any]]:
    return {one.properties["RouteKey"]: one.properties for one in resources("AWS::ApiGatewayV2::Route")}


def _function(route: Mapping[str, Any]) -> str:
    """The function behind a route, by its integration."""
    integration = only("AWS::ApiGatewayV2::Integration", text(route["Target"]).split("/")[1].strip("${}")).properties
    assert integration["PayloadFormatVersion"] == "2.0"
    return text(integration["IntegrationUri"])


def test_the_gateway_knows_the_routes_of_the_table_and_sends_all_others_to_the_api() -> None:
    assert set(_routes()) == {route.key for route in ROUTES} | {"$default"}
    assert len(_routes()) < MOST_ROUTES


def test_every_route_reaches_the_function_that_the_table_names() -> None:
    named = {route.key: f"${{{route.function.capitalize()}Function.Arn}}" for route in ROUTES}
    assert {key: _function(route) for key, route in _routes().items()} == named | {"$default": "${ApiFunction.Arn}"}


def test_every_route_has_the_authorizer_and_its_scope_but_for_the_open_ones() -> None:
    scopes = {route.key: list(route.scopes) for route in ROUTES if route.scope}
    guarded = {
        key: route["AuthorizationScopes"] for key, route in _routes().items() if route["AuthorizationType"] == "JWT"
    }
    assert guarded == scopes
    assert set(_routes()) - set(guarded) == OPEN


def test_tokens_are_those_of_the_people_for_the_one_client() -> None:
    authorizer = only("AWS::ApiGatewayV2::Authorizer").properties
    assert authorizer["AuthorizerType"] == "JWT"
    assert authorizer["IdentitySource"] == ["$request.header.Authorization"]
    assert text(authorizer["JwtConfiguration"]["Issuer"]) == "${People.ProviderURL}"
    assert [text(one) for one in authorizer["JwtConfiguration"]["Audience"]] == ["${PeopleMachine}"]


def test_the_people_know_the_scopes_that_routes_ask_for() -> None:
    known = {one["ScopeName"] for one in only("AWS::Cognito::UserPoolResourceServer").properties["Scopes"]}
    assert known == set(SCOPES) == set(get_args(Scope)) - {""}
    assert len(known) <= MOST_SCOPES


def test_a_program_gets_its_token_for_every_scope_with_a_secret() -> None:
    client = only("AWS::Cognito::UserPoolClient").properties
    assert client["AllowedOAuthFlows"] == ["client_credentials"]
    assert client["GenerateSecret"] is True
    assert {text(one).rpartition("/")[2] for one in client["AllowedOAuthScopes"]} == set(SCOPES)


def test_the_gateway_is_throttled_and_logs_what_no_caller_sent() -> None:
    stage = only("AWS::ApiGatewayV2::Stage").properties
    assert stage["DefaultRouteSettings"] == {"ThrottlingBurstLimit": 2000, "ThrottlingRateLimit": 1000}
    assert "path" not in stage["AccessLogSettings"]["Format"].lower()
    assert stage["AutoDeploy"] is True


def test_each_function_is_permitted_to_the_gateway_once() -> None:
    permitted = [
        text(one.properties["FunctionName"])
        for one in resources("AWS::Lambda::Permission")
        if one.properties["Principal"] == "apigateway.amazonaws.com"
    ]
    assert sorted(permitted) == ["${ApiFunction.Arn}", "${FeedbackFunction.Arn}", "${PredictFunction.Arn}"]
