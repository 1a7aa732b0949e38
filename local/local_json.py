"""`local.json`: where a running embedded cloud is and how to sign in. For its owner alone, and gone when it ends."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the command line reads this file before anything heavy is imported
    from local.deployment import FrontConfig

DATA_BUCKET = "DataBucket"  # the stack output that names it
LOCAL_CLIENT = "treadle-local"  # the client that has every scope


@dataclass(frozen=True, slots=True)
class LocalJson:
    """What outsiders may rely on (see the contract); `tempo` 1 is the templates' own time."""

    api_url: str
    mailbox_url: str
    aws_endpoint_url: str
    aws_endpoint_url_dynamodb: str
    region: str
    data_bucket: str
    token_url: str
    client_id: str
    client_secret: str
    tempo: float
    pid: int


def describe(config: FrontConfig, pid: int) -> LocalJson:
    """What is told about a cloud that serves."""
    front, deployment = config.addresses.front, config.deployment
    client = next(client for client in deployment.clients if client.client_id == LOCAL_CLIENT)
    return LocalJson(
        api_url=front,
        mailbox_url=f"{front}/mailbox",
        aws_endpoint_url=config.addresses.moto,
        aws_endpoint_url_dynamodb=config.addresses.dynamodb,
        region=deployment.region,
        data_bucket=deployment.outputs.get(DATA_BUCKET, ""),
        token_url=f"{front}/oauth2/token",
        client_id=client.client_id,
        client_secret=client.client_secret,
        tempo=config.tempo,
        pid=pid,
    )


def write(content: LocalJson, path: Path) -> None:
    """Write it whole, readable by its owner alone."""
    partial = path.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)
    partial.write_text(json.dumps(dataclasses.asdict(content), indent=1) + "\n")
    partial.replace(path)


def read(path: Path) -> LocalJson:
    """Read what `write` wrote; raises FileNotFoundError where no cloud is up."""
    return LocalJson(**json.loads(path.read_text()))
