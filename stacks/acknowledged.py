"""Acknowledged: findings of the checks that stand, each with the place where it is accepted, and why."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from aws_cdk import Acknowledgment, App, Validations

NAG = "AwsSolutions::AwsSolutions"
WILD = f"{NAG}-IAM5"
ARTIFACTS = "treadle-registry:ExportsOutputFnGetAttArtifacts82DD59A1Arn3B515032"
CAPTURES = "treadle-registry:ExportsOutputFnGetAttCapturesDE857D5DArnF72BB920"
DATA = "treadle-registry:ExportsOutputFnGetAttData666C94C7Arn0D7E21B7"
EXECUTIONS = "arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:treadle-learn"


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A rule of CDK's checks, the constructs at which it is accepted (patterns of their paths), and the reason."""

    rule: str
    where: tuple[str, ...]
    reason: str


ACKNOWLEDGED = (
    Acknowledged(
        f"{NAG}-COG8",
        ("treadle-registry/People",),
        "the Plus plan is billed by the user; any other issuer of tokens may take the pool's place",
    ),
    Acknowledged(
        f"{NAG}-L1",
        ("treadle-*/*Function",),
        "Python 3.13 is the newest that every package of every layer has wheels for",
    ),
    Acknowledged(
        f"{NAG}-SMG4",
        ("treadle-registry/Slack",),
        "it holds webhooks, which Slack gives out and which last until somebody revokes them there",
    ),
    Acknowledged(
        f"{NAG}-SQS3", ("treadle-monitoring/OutboxDeadLetters",), "it is itself the dead letters of the table's stream"
    ),
    Acknowledged(
        f"{NAG}-APIG4",
        (
            "treadle-inference/Gateway/GET--health",
            "treadle-inference/Gateway/GET--openapi.json",
            "treadle-inference/Gateway/GET--schema--model-v1.json",
            "treadle-inference/Unknown",
        ),
        "open on purpose: whether it answers, what it can be asked, and that there is no such route",
    ),
    Acknowledged(
        f"{WILD}[Resource::*]",
        ("treadle-*/*Role",),
        "traces, log deliveries, stream lists and SNS subscriptions are no resources that a policy could name",
    ),
    Acknowledged(
        f"{WILD}[Resource::{ARTIFACTS}/*]",
        ("treadle-training/*Role", "treadle-inference/*Role", "treadle-monitoring/*Role"),
        "keys of artifacts are hashes and ids, which nobody knows beforehand",
    ),
    Acknowledged(
        f"{WILD}[Resource::{ARTIFACTS}/*/slots/*]",
        ("treadle-monitoring/FoldRole",),
        "a slot is an hour of a model, and people name their models",
    ),
    Acknowledged(
        f"{WILD}[Resource::{ARTIFACTS}/*/retirements/*]",
        ("treadle-inference/ApiRole", "treadle-training/RetireRole"),
        "why a version was retired is told under its model, which people name",
    ),
    Acknowledged(
        f"{WILD}[Resource::{CAPTURES}/*]",
        ("treadle-training/*Role", "treadle-monitoring/*Role"),
        "captured objects are named by Firehose, by the hour",
    ),
    *(
        Acknowledged(
            f"{WILD}[Resource::{CAPTURES}/{prefix}/*]",
            ("treadle-inference/CapturesRole",),
            f"Firehose names its objects itself, below {prefix}/",
        )
        for prefix in ("captured", "failed")
    ),
    Acknowledged(
        f"{WILD}[Resource::{DATA}/*]", ("treadle-training/DataRole",), "people choose the keys of their uploads"
    ),
    Acknowledged(
        f"{WILD}[Resource::{DATA}/*/datasets/*]",
        ("treadle-inference/ApiRole",),
        "people name their models, and the files that they are given leave to upload",
    ),
    Acknowledged(
        f"{WILD}[Resource::{EXECUTIONS}:*]",
        (
            "treadle-training/TriggerRole",
            "treadle-training/CloseRole",
            "treadle-inference/ApiRole",
            "treadle-monitoring/MonitorRole",
            "treadle-monitoring/SweepRole",
        ),
        "executions of the one machine are named by the ids of runs",
    ),
)

LINT = {"W3005": "CDK writes that a function depends on its role beside its policy, which is the one that is needed"}
"""What cfn-lint may say of the templates, and why it stands."""


def acknowledge(app: App) -> None:
    """Write the table into the tree of constructs, where the checks look for it."""
    for construct in app.node.find_all():
        path = PurePosixPath(construct.node.path)
        for row in ACKNOWLEDGED:
            if any(path.match(pattern) for pattern in row.where):
                Validations.of(construct).acknowledge(Acknowledgment(id=row.rule, reason=row.reason))
