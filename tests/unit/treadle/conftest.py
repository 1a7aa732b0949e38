"""Every test of the command has a desk of its own."""

from pathlib import Path

import pytest

from tests.unit.treadle.desk import Desk, at_home


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    """An empty platform, an empty folder."""
    at_home(tmp_path, monkeypatch)
    return Desk(tmp_path, capsys)
