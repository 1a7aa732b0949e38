"""The wheel: every state is reached, every failure ends in one with a name, and only references go round."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from shared.domain import bake, errors
from shared.domain.execution import NAMED
from shared.domain.spec.deploy import Step as RolloutStep
from shared.lifecycle.judge import Outcome
from stacks.wheel import forced, learn
from stacks.wheel.states import PASSING
from tests.infrastructure.machine import definition, states, tasks
from tests.infrastructure.templates import only, resources, text

MOST_AT_ONCE = 40
MOST_STATES = 100
AWS_ERRORS = re.compile(r"States\.\w+|Lambda\.\w+|Sandbox\.Timedout|Runtime\.ExitError")
BY_PEOPLE = {"Approve": ("NotApproved",)}
"""What else a state catches: who answers its token."""


def _next(state: Mapping[str, Any]) -> Iterator[str]:
    """The states that may come after this one."""
    for way in (state, *state.get("Choices", ()), *state.get("Catch", ())):
        yield from (way[key] for key in ("Next", "Default") if key in way)


def test_the_template_holds_the_machine_as_it_is_written_here_nulls_included() -> None:
    written = text(only("AWS::StepFunctions::StateMachine", "Learn").properties["DefinitionString"])
    assert json.loads(written) == json.loads(json.dumps(learn.definition(10)))
    assert [name for name, state in states().items() if state.get("ResultPath", "") is None] == [
        "Trials",
        "Trial",
        "Approve",
        "Replay",
        "Promote",
        "Rollback",
        "Withdraw",
    ]


def test_every_state_is_reached_and_every_way_leads_to_a_state() -> None:
    machine = definition()
    reached, ahead = set[str](), [machine["StartAt"]]
    while ahead:
        name = ahead.pop()
        reached.add(name)
        ahead += [one for one in _next(machine["States"][name]) if one not in reached]
    assert reached == set(machine["States"])
    assert len(reached) < MOST_STATES


def test_every_end_is_one_of_the_named_ends() -> None:
    ends = {name for name, state in states().items() if state["Type"] in {"Fail", "Succeed"}}
    assert ends == set(learn.ENDS)
    others = {name: state for name, state in definition()["States"].items() if name not in ends}
    assert [name for name, state in others.items() if not list(_next(state))] == []


def test_every_code_of_an_end_is_known_to_the_registry_and_every_known_code_has_its_end() -> None:
    assert {state["Error"] for state in states().values() if state["Type"] == "Fail"} == set(NAMED)


def test_every_failure_says_why() -> None:
    for state in states().values():
        if state["Type"] == "Fail":
            assert ("Cause" in state) != ("CausePath" in state)


def test_every_verb_is_tried_again_when_that_may_help() -> None:
    for task in tasks().values():
        retry, crashed = task["Retry"]
        assert {"Lambda.TooManyRequestsException", "Unavailable", "Conflict", "RevisionMoved"} <= set(
            retry["ErrorEquals"]
        )
        assert retry["JitterStrategy"] == "FULL"
        assert retry["MaxAttempts"] <= 10
        assert (crashed["ErrorEquals"], crashed["MaxAttempts"]) == (["Runtime.ExitError", "Lambda.Unknown"], 2)


def test_every_error_of_a_verb_is_caught_with_states_all_last() -> None:
    machine = definition()["States"]
    for name, state in machine.items():
        if state["Type"] in {"Task", "Map"}:
            caught = [error for catch in state["Catch"] for error in catch["ErrorEquals"]]
            assert (name, caught) == (name, [*BY_PEOPLE.get(name, ()), *forced.FORCED, *learn.CATCHES])
            assert caught[-1] == "States.ALL"
            assert {catch["ResultPath"] for catch in state["Catch"]} == {"$.error"}


def test_every_error_that_is_caught_or_retried_is_one_that_can_come() -> None:
    for name in (*forced.FORCED, *learn.CATCHES, *PASSING):
        assert AWS_ERRORS.fullmatch(name) or issubclass(getattr(errors, name), errors.Error)


def test_every_state_that_waits_has_a_time_limit_which_is_its_functions() -> None:
    timeouts = {one.id: one.properties["Timeout"] for one in resources("AWS::Lambda::Function")}
    for task in tasks().values():
        function = task["Resource"].removeprefix("${").removesuffix(".Arn}")
        assert task.get("TimeoutSeconds", timeouts[function]) == timeouts[function]
        assert ("TimeoutSeconds" in task) != ("TimeoutSecondsPath" in task)
    assert definition()["TimeoutSeconds"] > max(timeouts.values())


def test_a_version_that_is_tried_is_looked_at_until_it_is_judged() -> None:
    machine = states()
    assert machine["Bake"] == {"Type": "Wait", "SecondsPath": "$.deploy.wait_s", "Next": "Judge"}
    judged = {one["StringEquals"]: one["Next"] for one in machine["Judged"]["Choices"]}
    onwards = {"go_on": "Way", "next": "Further", "promote": "Promote"}
    assert judged == {**onwards, "roll_back": "Rollback", "unnoticed": "Withdraw"}
    assert set(judged) == set(Outcome)
    ends = {name: (machine[name]["Parameters"]["reason"], machine[name]["Next"]) for name in ("Rollback", "Withdraw")}
    assert ends == {"Rollback": ("rolled_back", "RolledBack"), "Withdraw": ("drill_unnoticed", "Unnoticed")}
    assert machine["Further"]["Next"] == "Deploy"


def test_a_shadow_is_replayed_before_it_is_judged() -> None:
    machine = states()
    assert (machine["Soak"]["Next"], machine["Replay"]["Next"]) == ("Replay", "Judge")


def test_a_rollout_may_bake_for_weeks() -> None:
    assert definition()["TimeoutSeconds"] >= 90 * 86_400


def test_looks_leave_room_in_the_history_of_an_execution() -> None:
    """A look is 11 events: a Wait 2, a Task 5, two Choices 4; 25,000 is what AWS keeps."""
    week = timedelta(days=7)
    step = RolloutStep.model_validate({"share": "20%", "bake": "1w"})
    for many in (1, 4, 20):
        looks = many * (week + bake.LATEST) / timedelta(seconds=bake.wait_s(step, many))
        assert looks * 11 < 12_000


def test_trials_run_side_by_side_but_not_more_than_an_inline_map_allows() -> None:
    trials = states()["Trials"]
    assert trials["ItemProcessor"]["ProcessorConfig"] == {"Mode": "INLINE"}
    assert 1 <= trials["MaxConcurrency"] <= MOST_AT_ONCE


def test_the_machine_calls_its_own_verbs_only() -> None:
    called = {task["Resource"] for task in tasks().values()}
    assert called == {f"${{{verb.capitalize()}Function.Arn}}" for verb in learn.LIMITS_S}


def test_the_machine_is_traced_and_logged() -> None:
    machine = only("AWS::StepFunctions::StateMachine", "Learn").properties
    assert machine["TracingConfiguration"] == {"Enabled": True}
    assert machine["LoggingConfiguration"]["Level"] == "ALL"
    assert machine["LoggingConfiguration"].get("IncludeExecutionData", False) is False


def test_a_version_whose_spec_asks_waits_for_approval_and_its_registry_decides_when_time_is_over() -> None:
    machine = states()
    asked = {one["StringEquals"]: one["Next"] for one in machine["Asks"]["Choices"]}
    assert (machine["Register"]["Next"], asked) == ("Asks", {"none": "New", "asked": "Approve"})
    ways = {error: one["Next"] for one in machine["Approve"]["Catch"] for error in one["ErrorEquals"]}
    assert (machine["Approve"]["Next"], ways["NotApproved"], ways["States.Timeout"]) == ("New", "NotApproved", "Settle")
    settled = {one["StringEquals"]: one["Next"] for one in machine["Settled"]["Choices"]}
    assert settled == {"approved": "New", "expired": "Expired"}
