"""Judge: a version that is tried is taken back for harm, goes on without, and is not promoted on silence."""

import pytest

from shared.domain import places, record
from shared.domain.errors import Superseded
from shared.domain.replay import Replay
from shared.lifecycle.judge import Outcome
from tests.examples import MODEL, applied, later, order, spec
from tests.history import decide, having_ended
from tests.unit.lifecycle.rollouts import CANARY, Rollout

STEP, SHADOW = {"share": "20%", "bake": "20s"}, {"shadow": "10s"}
HARMLESS, HARMFUL = {"1c": (4000, 0, 900), "2h": (1000, 0, 280)}, {"1c": (200, 0, 40), "2h": (50, 17, 10)}


def canary(**section: object) -> Rollout:
    """Version 2 answers a fifth of the rows."""
    rollout = Rollout().begun(**{**CANARY, **section})
    rollout.deploys()
    return rollout


def over(rollout: Rollout) -> Rollout:
    """The bake has lasted as long as it should, and a caller came since."""
    rollout.passes(21)
    return rollout


def test_harm_is_taken_back_at_the_first_look_that_shows_it() -> None:
    rollout = canary()
    rollout.called(HARMFUL)
    looked = rollout.looks()
    assert looked.outcome is Outcome.ROLL_BACK
    assert looked.detail.startswith("version 2 failed 17 of 50 rows, version 1 failed 0 of 200 rows")
    assert rollout.said()["judge"] == f"roll_back: {looked.detail}"


def test_without_harm_the_bake_goes_on_to_its_end() -> None:
    rollout = canary()
    rollout.called(HARMLESS)
    assert rollout.looks().outcome is Outcome.GO_ON
    assert "judge" not in rollout.said()


def test_enough_rows_without_harm_promote_the_version_at_the_end_of_the_last_step() -> None:
    rollout = over(canary())
    rollout.called(HARMLESS)
    looked = rollout.looks()
    assert looked.outcome is Outcome.PROMOTE
    assert looked.detail.endswith("positive were 28% and 22%; 5,000 rows would have shown 2.0% more")


def test_after_a_step_that_is_not_the_last_comes_the_next() -> None:
    rollout = over(canary(steps=[STEP, {"share": "50%", "bake": "20s"}]))
    rollout.called(HARMLESS)
    assert rollout.looks().outcome is Outcome.NEXT
    rollout.passes(1)
    rollout.deploys(1)
    over(rollout).called(HARMLESS)
    assert rollout.looks().outcome is Outcome.PROMOTE
    assert list(rollout.said()) == ["deploy", "judge", "deploy-2", "judge-2"]


def test_a_canary_without_traffic_is_not_promoted_on_silence() -> None:
    rollout = over(canary())
    assert rollout.looks().outcome is Outcome.GO_ON
    rollout.passes(20)
    looked = rollout.looks()
    assert looked.outcome is Outcome.ROLL_BACK
    assert looked.detail.startswith("not enough evidence, 0 rows where ")


def test_a_few_rows_are_not_enough() -> None:
    rollout = over(canary())
    rollout.called({"1c": (40, 0, 9), "2h": (10, 0, 3)})
    looked = rollout.looks()
    assert looked.outcome is Outcome.ROLL_BACK
    assert looked.detail.startswith("not enough evidence, 50 rows where ")


def test_a_version_that_looks_harmful_is_not_promoted_only_because_chance_may_have_done_it() -> None:
    rollout = over(canary())
    rollout.called({"1c": (4000, 100, 900), "2h": (100, 5, 28)})
    looked = rollout.looks()
    assert looked.outcome is Outcome.ROLL_BACK
    assert looked.detail.startswith("not enough evidence")


def test_what_silence_leads_to_is_the_specs_word() -> None:
    rollout = over(canary(judge={"unsure": "promote"}))
    rollout.passes(20)
    assert rollout.looks().outcome is Outcome.PROMOTE


def test_the_end_waits_for_rows_that_come_late() -> None:
    rollout = canary()
    rollout.passes(19)
    rollout.called(HARMLESS)
    rollout.passes(2)
    assert rollout.looks().outcome is Outcome.GO_ON
    rollout.called({"1c": (4000, 0, 900), "2h": (1300, 300, 280)})
    assert rollout.looks().outcome is Outcome.ROLL_BACK


def test_a_look_at_what_was_seen_before_changes_nothing() -> None:
    rollout = canary()
    rollout.called(HARMLESS)
    first = rollout.looks()
    rollout.passes(2)
    again = rollout.looks()
    assert (again.outcome, again.detail, again.seen) == (Outcome.GO_ON, "nothing new was captured", first.seen)


def test_a_look_that_is_tried_again_answers_alike() -> None:
    rollout = canary()
    rollout.called(HARMFUL)
    first, rollout.seen = rollout.looks(), rollout.seen.__class__()
    assert rollout.looks() == first
    assert list(rollout.said()) == ["deploy", "judge"]


def test_a_spec_that_is_applied_meanwhile_hides_no_row() -> None:
    rollout = canary()
    first = rollout.gone.revision
    rollout.called({"1c": (200, 0, 40), "2h": (50, 4, 10)}, first)
    rollout.looks()
    made = spec(deploy={"steps": []})
    decide(rollout.world.registry, lambda model: model.apply(order("again"), applied(3, made, later(8))))
    rollout.passes(2)
    rollout.called({"1c": (200, 0, 40), "2h": (50, 30, 10)}, rollout.world.model().serving.revision)
    looked = rollout.looks()
    assert looked.outcome is Outcome.ROLL_BACK
    assert looked.detail.startswith("version 2 failed 34 of 100 rows")


def test_another_share_of_positive_answers_is_told_and_is_no_harm() -> None:
    rollout = over(canary())
    rollout.called({"1c": (4000, 0, 400), "2h": (1000, 0, 900)})
    looked = rollout.looks()
    assert looked.outcome is Outcome.PROMOTE
    assert "positive were 90% and 10%" in looked.detail


def test_rows_that_callers_pinned_are_no_evidence() -> None:
    rollout = over(canary())
    rollout.called({"1c": (4000, 0, 900), "2h": (1000, 0, 280), "2p": (1000, 1000, 0)})
    assert rollout.looks().outcome is Outcome.PROMOTE


def shadow(replay: Replay, **section: object) -> Rollout:
    """Version 2 was a shadow, and the replay of what callers sent came to this."""
    rollout = Rollout().begun(**{"steps": [SHADOW, STEP], **section})
    rollout.deploys()
    rollout.passes(10)
    rollout.artifacts.write(places.replay(MODEL, rollout.run), record.written(replay))
    return rollout


@pytest.mark.parametrize(
    ("replay", "section", "outcome"),
    [
        (Replay(1000, 0), {}, Outcome.NEXT),
        (Replay(1000, 20), {}, Outcome.NEXT),
        (Replay(1000, 21), {}, Outcome.ROLL_BACK),
        (Replay(0, 0), {}, Outcome.NEXT),
        (Replay(1000, 0), {"steps": [SHADOW]}, Outcome.PROMOTE),
        (Replay(0, 0), {"steps": [SHADOW]}, Outcome.ROLL_BACK),
        (Replay(0, 0), {"steps": [SHADOW], "judge": {"unsure": "promote"}}, Outcome.PROMOTE),
    ],
    ids=["no harm", "harm that is allowed", "harm", "silence", "the last step", "silence at last", "the spec's word"],
)
def test_a_shadow_is_judged_by_its_replay(replay: Replay, section: dict[str, object], outcome: Outcome) -> None:
    assert shadow(replay, **section).looks().outcome is outcome


def test_a_run_that_no_longer_runs_is_not_judged() -> None:
    rollout = canary()
    having_ended(rollout.world.registry, rollout.run, 8)
    with pytest.raises(Superseded):
        rollout.looks()
