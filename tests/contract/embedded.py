"""An embedded cloud of a small assembly, run from the command line as a person would."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import psutil

from local import local_json
from local.local_json import LocalJson
from tests.unit.local.templates import BUCKET, ROLE, TABLE, Template, function, write_assembly

CHECKOUT = Path(__file__).parents[2]
QUEUE = {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": 30}}
RESOURCES: Mapping[str, Template] = {
    "Data": BUCKET,
    "Locked": {
        "Type": "AWS::S3::BucketPolicy",
        "Properties": {
            "Bucket": {"Ref": "Data"},
            "PolicyDocument": {"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*"}]},
        },
    },
    "Registry": TABLE,
    "Waiting": QUEUE,
    "Role": ROLE,
    "Echo": function(FunctionName="echo"),
}
STACK: Template = {
    "Resources": RESOURCES,
    "Outputs": {"DataBucket": {"Value": {"Ref": "Data"}}, "Queue": {"Value": {"Ref": "Waiting"}}},
}


@dataclass(frozen=True, slots=True)
class EmbeddedCloud:
    """One state directory and the command that runs a cloud in it."""

    state: Path
    out: Path

    def command(self, *words: str) -> list[str]:
        """`python -m local …` for this cloud."""
        return [sys.executable, "-m", "local", *words, "--state", str(self.state), "--out", str(self.out)]

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        environment = {name: value for name, value in os.environ.items() if name != "TREADLE_PORT"}
        command = self.command(*words)
        return subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)

    @property
    def told(self) -> LocalJson:
        """What `local.json` says."""
        return local_json.read(self.state / "local.json")

    def client(self, service: str) -> Any:
        """A client of one of its APIs."""
        endpoint = self.told.aws_endpoint_url_dynamodb if service == "dynamodb" else self.told.aws_endpoint_url
        make: Callable[..., Any] = boto3.client
        return make(service, endpoint_url=endpoint, region_name="us-east-1")

    def processes(self) -> list[str]:
        """The command lines of what runs for this state directory."""
        lines = (" ".join(each.info["cmdline"] or ()) for each in psutil.process_iter(["cmdline"]))  # zombies have none
        return [line for line in lines if f"{self.state}/" in f"{line}/"]

    def wait_until_gone(self) -> bool:
        """Whether nothing of it runs any more, after a moment at most."""
        deadline = time.monotonic() + 5
        while self.processes() and time.monotonic() < deadline:
            time.sleep(0.05)
        return not self.processes()


def small_cloud(directory: Path) -> EmbeddedCloud:
    """A cloud with a bucket, a table, a queue and a function, not yet up."""
    return EmbeddedCloud(directory / "state", write_assembly(directory / "cdk.out", {"Small": STACK}))
