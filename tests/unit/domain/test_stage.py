"""Stage: one table says what leads where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.errors import StageConflict
from shared.domain.stage import TRANSITIONS, Stage, Verb, after


@pytest.mark.parametrize(
    ("stage", "verb", "then"),
    [
        (Stage.CANDIDATE, Verb.PROMOTE, Stage.CHAMPION),
        (Stage.CHALLENGER, Verb.PROMOTE, Stage.CHAMPION),
        (Stage.CHAMPION, Verb.REPLACE, Stage.DRAINING),
        (Stage.DRAINING, Verb.ROLLBACK, Stage.CHAMPION),
        (Stage.DRAINING, Verb.RETIRE, Stage.RETIRED),
        (Stage.RETIRED, Verb.RESTORE, Stage.CANDIDATE),
    ],
)
def test_a_verb_leads_from_stage_to_stage(stage: Stage, verb: Verb, then: Stage) -> None:
    assert after(1, stage, verb) is then


@given(st.sampled_from(Stage), st.sampled_from(Verb))
def test_what_the_table_does_not_hold_is_refused_with_where_the_verb_starts(stage: Stage, verb: Verb) -> None:
    if (stage, verb) in TRANSITIONS:
        assert after(7, stage, verb) is TRANSITIONS[stage, verb]
        return
    with pytest.raises(StageConflict) as refused:
        after(7, stage, verb)
    (problem,) = refused.value.problems
    assert problem.got == stage
    assert set(problem.expected.split(" or ")) == {before for before, way in TRANSITIONS if way is verb}


def test_every_verb_starts_somewhere() -> None:
    assert {verb for _, verb in TRANSITIONS} == set(Verb)


def test_a_purged_version_stays_purged() -> None:
    assert not [verb for stage, verb in TRANSITIONS if stage is Stage.PURGED]


def test_a_champion_is_replaced_and_never_only_retired() -> None:
    assert [verb for stage, verb in TRANSITIONS if stage is Stage.CHAMPION] == [Verb.REPLACE]
