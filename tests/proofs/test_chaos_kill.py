"""Functions are killed at their calls: how kills are dealt, and what a few of them leave."""

from collections import Counter

import pytest

from tests.proofs import chaos_kill
from tests.proofs.kills import MODELS, SHARED_KILLS, dealt, faults, kills, points
from tests.proofs.plan import NAMELESS, Act, Seen

CALLS = tuple(
    Seen(function, "dynamodb", operation, model, n, at=float(n))
    for function in ("data", "fold", "trigger")
    for operation in ("Query", "TransactWriteItems")
    for model in ("late", NAMELESS)
    for n in range(1, 5)
)


def test_each_call_is_killed_before_and_after_itself() -> None:
    found = points(CALLS, "late")
    assert Counter((kill.seen, kill.do) for kill in kills(found, 1)) == Counter(
        (seen, do) for seen in found for do in (Act.KILL_BEFORE, Act.KILL_AFTER)
    )


def test_what_clocks_and_callers_do_again_and_again_is_attacked_a_few_times() -> None:
    assert Counter(seen.function for seen in points(CALLS, "late")) == {"data": 16, "fold": 8, "trigger": 16}


def test_calls_for_other_models_are_no_part_of_a_story() -> None:
    assert points(CALLS, "early") == points([seen for seen in CALLS if seen.model == NAMELESS], "early")


def test_a_seed_draws_the_same_kills_again() -> None:
    found = points(CALLS, "late")
    assert kills(found, 7, 5) == kills(found, 7, 5) != kills(found, 8, 5)


def test_every_kill_is_dealt_once() -> None:
    every = kills(points(CALLS, "late"), 1)
    assert Counter(kill for batch in dealt(every) for kill in batch.kills) == Counter(every)


def test_a_model_meets_at_most_one_kill_a_function_and_a_cloud_few_of_what_models_share() -> None:
    for batch in dealt(kills(points(CALLS, "late"), 1)):
        assert len(batch.models) <= MODELS
        assert all(max(Counter(kill.seen.function for kill in some).values()) == 1 for some in batch.models)
        assert Counter(kill.seen.function for kill in batch.kills)["trigger"] <= SHARED_KILLS
        assert max(Counter(kill.seen.function for kill in batch.nameless).values(), default=0) <= 1


def test_kills_at_calls_that_name_no_model_each_get_a_call_of_their_own() -> None:
    nameless = [kill for kill in kills(points(CALLS, "late"), 1) if kill.nameless and kill.seen.function == "data"]
    planned = list(faults(nameless, NAMELESS, {}))
    assert sorted(fault.nth for fault in planned if fault.operation == "Query") == list(range(1, 9))


@pytest.mark.slow
def test_functions_that_are_killed_anywhere_leave_a_story_that_ends_as_ever() -> None:
    found, _ = chaos_kill.prove(seed=1, count=6)
    assert (found.violations, len(found.kills)) == ([], 6)
