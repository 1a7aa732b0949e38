"""Inference: the HTTP API, with a route for each row of the one table, the functions behind it, what they capture."""

import json
from collections.abc import Mapping
from typing import cast

from aws_cdk import CfnOutput, RemovalPolicy, Stack
from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from shared.api.routes import ROUTES
from stacks import plans
from stacks.capture import capture
from stacks.platform_function import platform_function
from stacks.resources import Resources
from stacks.stage import Stage

ACCESS_LOG = ("requestId", "requestTime", "routeKey", "status", "responseLatency", "integrationError")
"""What the gateway logs of a call: which route, never what was asked for."""


class Inference(Stack):
    """Gateway → authorizer → predict, feedback, or api for everything else; what the first two print → captures."""

    def __init__(self, scope: Construct, name: str, stage: Stage, resources: Resources) -> None:
        super().__init__(scope, name, description="Treadle: the HTTP API")
        made = {plan.name: platform_function(self, plan, stage, resources) for plan in plans.doors(resources)}
        self.functions = tuple(made.values())
        self.api = gateway.HttpApi(self, "Gateway", api_name="treadle", create_default_stage=False)
        self._stage()
        self._routes(_integrations(made), _authorizer(resources))
        capture(self, made, resources)
        CfnOutput(self, "ApiUrl", value=self.api.api_endpoint)

    def _stage(self) -> None:
        """The default stage, throttled as a whole."""
        group = logs.LogGroup(
            self, "AccessLogs", retention=logs.RetentionDays.ONE_MONTH, removal_policy=RemovalPolicy.DESTROY
        )
        stage = self.api.add_stage(
            "Stage",
            stage_name="$default",
            auto_deploy=True,
            throttle=gateway.ThrottleSettings(rate_limit=1000, burst_limit=2000),
        )
        cast(
            "gateway.CfnStage", stage.node.default_child
        ).access_log_settings = gateway.CfnStage.AccessLogSettingsProperty(
            destination_arn=group.log_group_arn, format=json.dumps({name: f"$context.{name}" for name in ACCESS_LOG})
        )

    def _routes(
        self, to: Mapping[str, integrations.HttpLambdaIntegration], people: authorizers.HttpJwtAuthorizer
    ) -> None:
        """The table, and api for every path that is not in it: it says so in our own words."""
        for route in ROUTES:
            self.api.add_routes(
                path=route.path,
                methods=[gateway.HttpMethod(route.method)],
                integration=to[route.function],
                authorizer=people if route.scope else gateway.HttpNoneAuthorizer(),
                authorization_scopes=list(route.scopes) or None,
            )
        gateway.HttpRoute(
            self,
            "Unknown",
            http_api=self.api,
            route_key=gateway.HttpRouteKey.DEFAULT,
            integration=to["api"],
            authorizer=gateway.HttpNoneAuthorizer(),
        )


def _integrations(functions: Mapping[str, lambda_.Function]) -> Mapping[str, integrations.HttpLambdaIntegration]:
    """One a function; the permission to invoke it is for the API as a whole, so that its policy stays small."""
    return {
        name: integrations.HttpLambdaIntegration(name.capitalize(), function, scope_permission_to_route=False)
        for name, function in functions.items()
    }


def _authorizer(resources: Resources) -> authorizers.HttpJwtAuthorizer:
    return authorizers.HttpJwtAuthorizer(
        "People",
        resources.issuer,
        jwt_audience=[resources.client_id],
        identity_source=["$request.header.Authorization"],
    )
