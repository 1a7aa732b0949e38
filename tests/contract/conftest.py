"""One suite a port: the fake and the adapter on its real engine keep the same promises.

The registry's engine is DynamoDB Local, one a session; the others' is moto in this process.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from moto import mock_aws

from shared.adapters.dynamodb_registry import DynamoRegistry
from shared.adapters.dynamodb_servings import DynamoServings
from shared.ports.registry import Registry
from shared.ports.serving import Servings
from tests import engine
from tests.fakes.registry import MemoryRegistry
from tests.fakes.servings import MemoryServings


@dataclass(frozen=True, slots=True)
class Store:
    """A registry, and what predict reads of it."""

    registry: Registry
    servings: Servings


@pytest.fixture(scope="session")
def dynamodb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the embedded cloud's engine, on a folder of its own."""
    with engine.on_disk(tmp_path_factory.mktemp("dynamodb")) as address:
        yield address


@pytest.fixture
def table(dynamodb: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of an empty table of its own."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", dynamodb)
    return engine.make_table()


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
