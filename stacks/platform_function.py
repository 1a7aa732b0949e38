"""The one way a Lambda function is made: code, layers, environment, role, log group, and where its failures go."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aws_cdk import Duration, FileSystem, IgnoreMode, RemovalPolicy, Size
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sqs as sqs
from constructs import Construct
from pydantic import BaseModel

from shared.settings import environment
from stacks.grants import Grant, grants, statement
from stacks.layers import layers_of
from stacks.layers.build import Architecture, fingerprint, layer_code
from stacks.resources import Resources
from stacks.stage import Stage

ROOT = Path(__file__).parent.parent
SHIPPED = ("/*", "!/functions", "!/shared", "__pycache__", "*.pyc")
"""The one asset: functions/ and shared/, nothing else of the repository."""

LIBRARIES = {"learning": {"JOBLIB_MULTIPROCESSING": "0"}}
"""What libraries of a layer read: Lambda has no shared memory, and joblib would say so at every cold start."""

ARCHITECTURES = {Architecture.ARM64: lambda_.Architecture.ARM_64, Architecture.X86_64: lambda_.Architecture.X86_64}


@dataclass(frozen=True, slots=True)
class Plan:
    """What sets one function apart. Its ports are its permission list; `instead` says which mean less to it."""

    name: str
    settings: BaseModel
    ports: tuple[str, ...]
    instead: Mapping[str, tuple[Grant, ...]] = field(default_factory=dict)
    memory_mb: int = 512
    disk_mb: int = 512
    timeout_s: int = 30
    keeps_log: logs.RetentionDays = logs.RetentionDays.ONE_MONTH


def code_fingerprint() -> str:
    """The hash of the code that ships: lineage names it."""
    return FileSystem.fingerprint(str(ROOT), exclude=list(SHIPPED), ignore_mode=IgnoreMode.GIT)


def platform_function(
    scope: Construct, plan: Plan, stage: Stage, resources: Resources, lost: sqs.Queue | None = None
) -> lambda_.Function:
    """The function of a plan; one that is invoked asynchronously has a queue for what it could not do (`lost`)."""
    name = plan.name.capitalize()
    group = logs.LogGroup(scope, f"{name}Logs", retention=plan.keeps_log, removal_policy=RemovalPolicy.DESTROY)
    return lambda_.Function(
        scope,
        f"{name}Function",
        function_name=f"treadle-{plan.name}",
        description=f"Treadle: {plan.name}",
        runtime=lambda_.Runtime.PYTHON_3_13,
        architecture=ARCHITECTURES[stage.architecture],
        handler=f"functions.{plan.name}.handler.handle",
        code=lambda_.Code.from_asset(str(ROOT), exclude=list(SHIPPED), ignore_mode=IgnoreMode.GIT),
        layers=[_layer(scope, each, stage) for each in layers_of(plan.name)],
        environment=_environment(plan),
        memory_size=stage.memory_mb.get(plan.name, plan.memory_mb),
        ephemeral_storage_size=Size.mebibytes(stage.disk_mb.get(plan.name, plan.disk_mb)),
        timeout=Duration.seconds(plan.timeout_s),
        role=_role(scope, plan, resources, group),
        log_group=group,
        dead_letter_queue=lost,
        tracing=lambda_.Tracing.ACTIVE,
    )


def _environment(plan: Plan) -> dict[str, str]:
    """The settings, and what the libraries of the function's layers read."""
    for_libraries = {name: value for each in layers_of(plan.name) for name, value in LIBRARIES.get(each, {}).items()}
    return environment(plan.settings) | for_libraries


def _role(scope: Construct, plan: Plan, resources: Resources, group: logs.LogGroup) -> iam.Role:
    """What the ports say, and to write its own log."""
    role = iam.Role(scope, f"{plan.name.capitalize()}Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
    for grant in grants(plan.ports, plan.instead):
        role.add_to_policy(statement(grant, resources))
    group.grant_write(role)
    return role


def _layer(scope: Construct, name: str, stage: Stage) -> lambda_.LayerVersion:
    """The layer of that name, once a stack."""
    made = scope.node.try_find_child(f"{name.capitalize()}Layer")
    if isinstance(made, lambda_.LayerVersion):
        return made
    return lambda_.LayerVersion(
        scope,
        f"{name.capitalize()}Layer",
        description=f"Treadle: {name}",
        code=lambda_.Code.from_asset(
            str(layer_code(name, stage.layers, stage.architecture)), asset_hash=fingerprint(name, stage.architecture)
        ),
        compatible_architectures=[ARCHITECTURES[stage.architecture]],
        compatible_runtimes=[lambda_.Runtime.PYTHON_3_13],
        removal_policy=RemovalPolicy.DESTROY,
    )
