"""The registry's engine for tests: DynamoDB Local on a free port of this machine, and the empty tables in it."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from local import dynamodb_local
from shared.adapters.clients import client

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
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

FIRST_COMPILER = "-XX:TieredStopAtLevel=1"
"""What an engine does without that is called for minutes: the second compiler pays by then."""

_numbers = count(1)


@contextmanager
def on_disk(folder: Path) -> Iterator[str]:
    """The address of the embedded cloud's engine, its tables in a folder of its own."""
    port = _free_port()
    with _serving(dynamodb_local.command(port, folder / "data", folder / "classes"), port, folder):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def in_memory(folder: Path, without: str = "") -> Iterator[str]:
    """The address of the same engine with its tables in memory: three times as fast, for thousands of tables."""
    port = _free_port()
    command = [part for part in dynamodb_local.command(port, folder / "data", folder / "classes") if part != without]
    stored = command.index("-dbPath")
    with _serving([*command[:stored], "-inMemory", *command[stored + 2 :]], port, folder):
        yield f"http://127.0.0.1:{port}"


def make_table(dynamodb: "DynamoDBClient | None" = None) -> str:
    """Make an empty table in the DynamoDB that the environment names; no other of this process has its name."""
    name = f"registry-{os.getpid()}-{next(_numbers)}"
    caller: Any = dynamodb or client("dynamodb")  # its types take no TypedDict
    with suppress(caller.exceptions.ResourceInUseException):  # the name is our own: botocore has asked twice
        caller.create_table(**{**TABLE, "TableName": name})
    return name


def _free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def _serving(command: Sequence[str], port: int, folder: Path) -> Iterator[None]:
    log = folder / "engine.log"
    with log.open("wb") as said, subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT) as process:
        try:
            _wait_for(port, process, log)
            yield
        finally:
            process.kill()


def _wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end and process.poll() is None:
        with closing(socket.socket()) as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"DynamoDB Local did not start: {log.read_text()[-2000:]}")
