"""What a creator is given and gives back: a resource of a template, the cloud to create it in, what came of it."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from local.deployment import Addresses
from local.vault import Vault

Properties = Mapping[str, Any]  # a template's JSON with its intrinsics resolved


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource of a template, its properties resolved."""

    stack: str
    id: str
    type: str
    properties: Properties

    def name(self, own: str = "", *, longest: int = 64) -> str:
        """The template's own name, else `{stack}-{logical id}`, with a hash in place of what is too long."""
        full = self.properties.get(own) or f"{self.stack}-{self.id}"
        if len(full) <= longest:
            return str(full)
        return f"{full[: longest - 9]}-{hashlib.sha256(full.encode()).hexdigest()[:8]}"


@dataclass(frozen=True, slots=True)
class Created:
    """What `Ref` and `Fn::GetAtt` give for a resource, and the facts that it adds to the deployment."""

    ref: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    facts: tuple[object, ...] = ()


class Cloud:
    """Where resources are created: clients of moto and of DynamoDB Local, and where code and secrets are."""

    def __init__(self, account: str, region: str, addresses: Addresses, code: Mapping[str, Path], vault: Vault) -> None:
        self.account = account
        self.region = region
        self.addresses = addresses
        self.code = code
        self.vault = vault
        self._session = boto3.session.Session(
            aws_access_key_id="assembly", aws_secret_access_key="assembly", region_name=region
        )
        self._clients: dict[str, Any] = {}
        self._lock = threading.Lock()

    def client(self, service: str) -> Any:
        """A client of an AWS API; botocore's clients may be shared by threads, its session may not."""
        with self._lock:
            if service not in self._clients:
                endpoint = self.addresses.dynamodb if service == "dynamodb" else self.addresses.moto
                config = Config(max_pool_connections=16, retries={"total_max_attempts": 2}, parameter_validation=False)
                make: Callable[..., Any] = self._session.client
                self._clients[service] = make(service, endpoint_url=endpoint, config=config)
            return self._clients[service]

    def arn(self, service: str, resource: str) -> str:
        """The ARN of a resource of this account and region."""
        return f"arn:aws:{service}:{self.region}:{self.account}:{resource}"


Creator = Callable[[Cloud, Resource], Created]


def text(value: object) -> str:
    """A property as APIs that take strings want it: JSON's true and false, not Python's."""
    return str(value).lower() if isinstance(value, bool) else str(value)
