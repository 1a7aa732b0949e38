"""One moto with the patches and one without, for all tests of patches."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.contract.patches.servers import Moto, RecordingFront, patched, plain, recording_front


@pytest.fixture(scope="session")
def front() -> Iterator[RecordingFront]:
    with recording_front() as started:
        yield started


@pytest.fixture(scope="session")
def ours(front: RecordingFront, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moto]:
    with patched(front, tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture(scope="session")
def theirs() -> Iterator[Moto]:
    with plain() as server:
        yield server
