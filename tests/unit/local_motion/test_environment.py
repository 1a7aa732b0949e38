"""What a worker finds where its template names an address of the outside world."""

from pathlib import Path

import pytest

from local.deployment import Addresses, Function
from local.runtime.environment import Ground, worker_environment

GROUND = Ground("eu-central-1", Addresses("http://moto", "http://dynamodb", "127.0.0.1", 8000), Path("python"))


def _path() -> str:
    """Where a function's worker looks for modules first."""
    function = Function("notify", "arn", "handler", Path("code"), {}, 30, 512, "/aws/lambda/notify", "")
    return worker_environment(function, GROUND, "127.0.0.1:9000", "stream")["PYTHONPATH"]


def _found(**variables: str) -> dict[str, str]:
    """What a function with these variables finds under their names."""
    function = Function("notify", "arn", "handler", Path("code"), variables, 30, 512, "/aws/lambda/notify", "")
    whole = worker_environment(function, GROUND, "127.0.0.1:9000", "stream")
    return {name: whole[name] for name in variables}


def test_the_address_of_slack_is_the_mailboxs_door() -> None:
    assert _found(SLACK_URL="https://hooks.slack.com") == {"SLACK_URL": "http://127.0.0.1:8000/_local/slack"}


def test_a_value_that_only_speaks_of_slack_stays_as_it_is() -> None:
    told = {"NOTE": "see https://hooks.slack.com", "LONGER": "https://hooks.slack.com/services", "TABLE": "registry"}
    assert _found(**told) == told


def test_a_folder_that_is_named_comes_before_the_functions_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TREADLE_BESIDE", raising=False)
    assert _path() == "code"
    monkeypatch.setenv("TREADLE_BESIDE", "faults")
    assert _path() == "faults:code"
