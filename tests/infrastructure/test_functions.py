"""Functions: each handler is deployed once, with the environment, the layers and the limits that it is made for."""

from collections.abc import Mapping

import pytest

from stacks.layers import layers_of
from stacks.platform_function import LIBRARIES
from tests.infrastructure.handlers import FUNCTIONS, bound
from tests.infrastructure.templates import Resource, resources, text

LONGEST_S = 900
MOST_MEMORY_MB = 3008
"""What new accounts allow."""

STARTS = {
    "WHEEL_ARN": ("treadle-learn", {"trigger", "close", "sweep", "api", "monitor"}),
    "RETIRE_ARN": ("treadle-retire", {"promote", "sweep", "api", "monitor"}),
}
"""Variable → the machine, and the functions that start it."""

LOGS_WHAT_CALLERS_SENT = {"predict", "feedback"}


def _functions() -> Mapping[str, Resource]:
    """Name → function."""
    return {one.properties["FunctionName"].removeprefix("treadle-"): one for one in resources("AWS::Lambda::Function")}


def test_every_handler_is_a_function_and_every_function_has_its_handler() -> None:
    assert {name: one.properties["Handler"] for name, one in _functions().items()} == {
        name: f"functions.{name}.handler.handle" for name in FUNCTIONS
    }


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_functions_environment_is_its_settings(function: str) -> None:
    [settings] = {one.settings for one in bound(function)}
    libraries = {name for layer in layers_of(function) for name in LIBRARIES.get(layer, {})}
    environment = _functions()[function].properties["Environment"]["Variables"]
    assert set(environment) - libraries == {name.upper() for name in settings.model_fields}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_finds_its_layers(function: str) -> None:
    found = [text(layer) for layer in _functions()[function].properties["Layers"]]
    assert found == [f"${{{name.capitalize()}Layer}}" for name in layers_of(function)]


def test_every_function_runs_python_3_13_on_arm_and_is_traced() -> None:
    for function in _functions().values():
        assert function.properties["Runtime"] == "python3.13"
        assert function.properties["Architectures"] == ["arm64"]
        assert function.properties["TracingConfig"] == {"Mode": "Active"}


def test_every_function_stays_within_what_a_new_account_allows_and_reserves_nothing() -> None:
    for function in _functions().values():
        assert function.properties["Timeout"] <= LONGEST_S
        assert function.properties["MemorySize"] <= MOST_MEMORY_MB
        assert "ReservedConcurrentExecutions" not in function.properties


def test_what_the_gateway_waits_for_gives_up_before_the_gateway_does() -> None:
    assert {_functions()[name].properties["Timeout"] for name in ("predict", "feedback", "api")} == {29}


def test_every_function_has_a_log_of_its_own_that_is_forgotten_after_a_month_or_in_three_days() -> None:
    groups = {one.id: one.properties["RetentionInDays"] for one in resources("AWS::Logs::LogGroup")}
    short = {f"{name.capitalize()}Logs" for name in LOGS_WHAT_CALLERS_SENT}
    assert groups == {name: 3 if name in short else 30 for name in groups}
    logs = {name: text(one.properties["LoggingConfig"]["LogGroup"]) for name, one in _functions().items()}
    assert logs == {name: f"${{{name.capitalize()}Logs}}" for name in FUNCTIONS}


def test_every_function_has_a_role_of_its_own() -> None:
    roles = {name: text(one.properties["Role"]) for name, one in _functions().items()}
    assert roles == {name: f"${{{name.capitalize()}Role.Arn}}" for name in FUNCTIONS}


@pytest.mark.parametrize("variable", sorted(STARTS))
def test_only_what_starts_a_machine_knows_it(variable: str) -> None:
    """What a machine itself calls must not: the templates would go round in a circle."""
    environments = {name: one.properties["Environment"]["Variables"] for name, one in _functions().items()}
    knowing = {name: text(own[variable]) for name, own in environments.items() if variable in own}
    machine, starting = STARTS[variable]
    arn = f"arn:${{AWS::Partition}}:states:${{AWS::Region}}:${{AWS::AccountId}}:stateMachine:{machine}"
    assert knowing == dict.fromkeys(starting, arn)


def test_each_environment_names_the_resources_that_its_settings_mean() -> None:
    meant = {
        "TABLE": "${Table}",
        "DATA_BUCKET": "${Data}",
        "ARTIFACTS_BUCKET": "${Artifacts}",
        "CAPTURES_BUCKET": "${Captures}",
        "UPLOADS_QUEUE": "${Uploads}",
        "CHECKS_QUEUE": "${Checks}",
        "SLACK_SECRET": "${Slack}",
        "SLACK_URL": "https://hooks.slack.com",
        "TOPIC_ARN": "${Notices}",
        "BUS_NAME": "${Bus}",
    }
    for function in _functions().values():
        said = {name: text(value) for name, value in function.properties["Environment"]["Variables"].items()}
        assert {name: value for name, value in said.items() if name in meant} == {
            name: value for name, value in meant.items() if name in said
        }


def test_a_version_says_which_code_it_was_trained_with() -> None:
    assert len(_functions()["train"].properties["Environment"]["Variables"]["CODE"]) == 64
