"""Ends that need force name the step and the setting, and the setting reaches the function."""

import pytest
from aws_cdk import App
from pydantic import ValidationError

from stacks.layers.build import Architecture, Source
from stacks.registry import Registry
from stacks.stage import Stage
from stacks.training import Training
from stacks.wheel import forced, learn
from tests.infrastructure.machine import states, tasks

ARGUMENTS = {"stage": "trial", "owners": (), "architecture": Architecture.ARM64, "layers": Source.PINS}


def _verb(resource: str) -> str:
    """The verb that a task calls."""
    return resource.removeprefix("${").removesuffix("Function.Arn}").lower()


@pytest.mark.parametrize("verb", sorted(learn.LIMITS_S))
def test_a_step_that_was_stopped_ends_with_the_setting_that_gives_it_more(verb: str) -> None:
    machine = states()
    timed_out, killed = (machine[f"{verb.capitalize()}{how}"] for how in ("TimedOut", "Killed"))
    assert (timed_out["Error"], killed["Error"]) == ("timed_out", "out_of_memory")
    for end in (timed_out, killed):
        assert end["Cause"].startswith(f"{verb} ")
        assert f"raise memory_mb.{verb} in cdk.json" in end["Cause"]
        assert len(end["Cause"]) < 100
    assert f"over {learn.LIMITS_S[verb]} s" in timed_out["Cause"]


def test_each_task_that_is_stopped_goes_to_the_ends_of_its_own_verb() -> None:
    called = [task for task in tasks().values() if "Catch" in task and "TimeoutSeconds" in task]  # no token, no person
    for task in called:
        caught = {error: catch["Next"] for catch in task["Catch"] for error in catch["ErrorEquals"]}
        expected = forced.catches(_verb(task["Resource"]))
        assert {error: caught[error] for error in expected} == expected


def _sized(**settings: dict[str, int]) -> dict[str, tuple[int, int]]:
    """Memory and disk of each function of the training stack, with these settings in cdk.json."""
    stage = Stage.model_validate({**ARGUMENTS, **settings})
    app = App()
    stack = Training(app, "training", stage, Registry(app, "registry", stage).resources)
    template = app.synth().get_stack_artifact(stack.artifact_id).template["Resources"].values()
    functions = [one["Properties"] for one in template if one["Type"] == "AWS::Lambda::Function"]
    return {
        one["FunctionName"].removeprefix("treadle-"): (one["MemorySize"], one["EphemeralStorage"]["Size"])
        for one in functions
    }


def test_memory_and_disk_of_a_function_are_settings() -> None:
    sized = _sized(memory_mb={"train": 4096}, disk_mb={"data": 8192})
    assert (sized["train"], sized["data"], sized["score"]) == ((4096, 4096), (3008, 8192), (3008, 4096))


@pytest.mark.parametrize(
    ("setting", "value"),
    [("memory_mb", {"training": 4096}), ("memory_mb", {"train": 64}), ("disk_mb", {"data": 20_000})],
    ids=["no function", "less than AWS gives", "more than AWS gives"],
)
def test_a_size_that_no_function_can_have_is_refused(setting: str, value: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        Stage.model_validate({**ARGUMENTS, setting: value})
