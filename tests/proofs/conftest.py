"""What the quick tiers share: an engine of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import engine


@pytest.fixture(scope="session")
def _address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("engine")
    with engine.in_memory(folder) as address:
        yield address


@pytest.fixture
def engine_of_its_own(_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """DynamoDB Local, its tables in memory, is where the environment says that AWS is."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", _address)
