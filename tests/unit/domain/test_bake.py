"""Bake: how the machine goes a step of a rollout."""

from datetime import timedelta

import pytest

from shared.domain import bake
from shared.domain.run import BeginAt, Cause, CauseKind, Run, RunStatus
from shared.domain.spec.deploy import Step
from tests.examples import MODEL, NOON, later, spec

SHADOW, CANARY = {"shadow": "10s"}, {"share": "5%", "bake": "1h"}


def step(**written: str) -> Step:
    return Step.model_validate(written)


def run(begin_at: BeginAt) -> Run:
    cause = Cause(CauseKind.COMMAND, "cmd_1")
    return Run(MODEL, "run_1", cause, "ada", NOON, 1, (), "", RunStatus.RUNNING, NOON, begin_at=begin_at)


@pytest.mark.parametrize("begin_at", [BeginAt.DATA, BeginAt.SCORE])
def test_a_version_goes_the_steps_of_its_spec(begin_at: BeginAt) -> None:
    made = spec(deploy={"steps": [SHADOW, CANARY]})
    assert bake.steps(run(begin_at), made) == (step(**SHADOW), step(**CANARY))


def test_a_drill_goes_the_last_canary_alone() -> None:
    made = spec(deploy={"steps": [SHADOW, {"share": "1%", "bake": "1m"}, CANARY]})
    assert bake.steps(run(BeginAt.DRILL), made) == (step(**CANARY),)


@pytest.mark.parametrize("steps", [[], [SHADOW]], ids=["none", "a shadow alone"])
def test_a_drill_has_a_canary_even_where_the_spec_has_none(steps: list[dict[str, str]]) -> None:
    assert bake.steps(run(BeginAt.DRILL), spec(deploy={"steps": steps})) == (step(share="20%", bake="1m"),)


@pytest.mark.parametrize(
    ("written", "of", "seconds"),
    [
        ({"share": "20%", "bake": "20s"}, 1, 2),
        ({"share": "20%", "bake": "1h"}, 1, 20),
        ({"share": "20%", "bake": "1h"}, 20, 78),
        ({"shadow": "10m"}, 3, 600),
    ],
    ids=["a short bake", "an hour", "an hour of twenty", "a shadow"],
)
def test_a_bake_is_looked_at_often_and_a_shadow_once(written: dict[str, str], of: int, seconds: int) -> None:
    assert bake.wait_s(step(**written), of) == seconds


def test_late_rows_are_waited_for_as_long_as_the_bake_but_no_longer_than_five_minutes() -> None:
    assert bake.given_up(step(share="20%", bake="20s"), NOON) == NOON + timedelta(seconds=20)
    assert bake.given_up(step(share="20%", bake="1d"), NOON) == later(5)


def test_what_a_verb_did_is_named_by_the_step_as_people_count() -> None:
    assert [bake.named("deploy", place) for place in range(3)] == ["deploy", "deploy-2", "deploy-3"]
