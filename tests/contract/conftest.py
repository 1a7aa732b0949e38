"""One suite a port: the fake and the adapter on its real engine keep the same promises.

The registry's engine is DynamoDB Local, one a session; the others' is moto in this process.
"""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from moto import mock_aws

from local import dynamodb_local
from shared.adapters.clients import client
from shared.adapters.dynamodb_registry import DynamoRegistry
from shared.adapters.dynamodb_servings import DynamoServings
from shared.ports.registry import Registry
from shared.ports.serving import Servings
from tests.fakes.registry import MemoryRegistry
from tests.fakes.servings import MemoryServings

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import CreateTableInputTypeDef

TABLE: "CreateTableInputTypeDef" = {
    "TableName": "registry",
    "BillingMode": "PAY_PER_REQUEST",
    "KeySchema": [{"AttributeName": "PK", "KeyType": "HASH"}, {"AttributeName": "SK", "KeyType": "RANGE"}],
    "AttributeDefinitions": [
        {"AttributeName": name, "AttributeType": "S"} for name in ("PK", "SK", "GSI1PK", "GSI1SK", "GSI2PK", "GSI2SK")
    ],
    "GlobalSecondaryIndexes": [
        {
            "IndexName": index,
            "KeySchema": [
                {"AttributeName": f"{index}PK", "KeyType": "HASH"},
                {"AttributeName": f"{index}SK", "KeyType": "RANGE"},
            ],
            "Projection": {"ProjectionType": "ALL"},
        }
        for index in ("GSI1", "GSI2")
    ],
}
"""The registry's table, as the registry stack makes it."""

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Store:
    """A registry, and what predict reads of it."""

    registry: Registry
    servings: Servings


@pytest.fixture(scope="session")
def dynamodb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the embedded cloud's engine, on a folder of its own."""
    folder = tmp_path_factory.mktemp("dynamodb")
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start, log = dynamodb_local.command(port, folder / "data", folder / "classes"), folder / "engine.log"
    with log.open("wb") as said, subprocess.Popen(start, stdout=said, stderr=subprocess.STDOUT) as process:
        _wait_for(port, process, log)
        yield f"http://127.0.0.1:{port}"
        process.kill()


def _wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end and process.poll() is None:
        with closing(socket.socket()) as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"DynamoDB Local did not start: {log.read_text()[-2000:]}")


@pytest.fixture
def table(dynamodb: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of an empty table of its own."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", dynamodb)
    return make_table()


def make_table() -> str:
    """Make an empty table in the DynamoDB that the environment names."""
    name = f"registry-{next(_numbers)}"
    client("dynamodb").create_table(**{**TABLE, "TableName": name})
    return name


@pytest.fixture(params=["memory", "dynamodb"])
def store(request: pytest.FixtureRequest) -> Store:
    """An empty registry."""
    if request.param == "memory":
        registry = MemoryRegistry()
        return Store(registry, MemoryServings(registry))
    name: str = request.getfixturevalue("table")
    return Store(DynamoRegistry(name), DynamoServings(name))


@pytest.fixture
def registry(store: Store) -> Registry:
    """An empty registry."""
    return store.registry


@pytest.fixture
def aws() -> Iterator[None]:
    """An AWS account in this process, empty; executions run only when a test says so."""
    with mock_aws(config={"stepfunctions": {"execute_state_machine": False}}):
        yield
