"""Event: what a decision moved, in outsiders' words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.change import Audit, Move, Noun
from shared.domain.event import FOUND, RETURNS, TYPES, Event, Seen, Why, events, found
from shared.domain.finding import Figure, Finding, Kind
from shared.domain.reason import Reason
from shared.domain.stage import TRANSITIONS, Stage
from tests.examples import MODEL, NOON, decided, order
from tests.unit.domain.test_model import with_a_champion_and_a_candidate


def promotion() -> Audit:
    """Ada promotes version 2 over version 1 while a run is open."""
    decision = decided(with_a_champion_and_a_candidate().promote(order("promote"), 2, NOON))
    return Audit(decision.receipt, decision.moves)


def test_every_move_of_a_decision_is_an_event() -> None:
    assert [(event.type, event.subject) for event in events(promotion())] == [
        ("version.promoted", "2"),
        ("version.replaced", "1"),
        ("run.cancelled", "run_2"),
    ]


def test_an_event_says_who_when_and_why() -> None:
    audit = promotion()
    assert events(audit)[2] == Event(
        f"{audit.receipt.id}.2",
        "run.cancelled",
        NOON,
        MODEL,
        "run_2",
        "ada",
        "promote, she said",
        Why("overtaken", "ada decided otherwise: promote, she said"),
    )


def test_an_audit_record_gives_the_same_ids_each_time() -> None:
    assert [event.id for event in events(promotion())] == [event.id for event in events(promotion())]


def test_a_move_that_changes_nothing_is_no_event() -> None:
    joined = replace(promotion(), moves=(Move(Noun.RUN, "run_2", "queued", "queued", Reason("")),))
    assert events(joined) == ()


def test_a_version_that_comes_back_is_told_as_that() -> None:
    back = replace(
        promotion(),
        moves=(
            Move(Noun.VERSION, 1, Stage.DRAINING, Stage.CHAMPION),
            Move(Noun.VERSION, 2, Stage.RETIRED, Stage.CANDIDATE),
            Move(Noun.VERSION, 3, Stage.REJECTED, Stage.CANDIDATE),
            Move(Noun.VERSION, 4, "", Stage.CANDIDATE),
        ),
    )
    assert [event.type for event in events(back)] == [
        "version.reinstated",
        "version.restored",
        "version.restored",
        "version.registered",
    ]


@pytest.mark.parametrize(("kind", "type_"), [(Kind.DRIFT, "drift.found"), (Kind.DROP, "performance.dropped")])
def test_a_finding_is_an_event_with_its_window_and_its_figures(kind: Kind, type_: str) -> None:
    moved = Figure("dest", "psi", 0.12, 0.1, 0.01, 0.12, 0.12, 5430)
    ends = NOON + timedelta(days=7)
    finding = Finding(MODEL, "find_1", ends, 1, kind, NOON, ends, (moved,), "retrain", "dest has moved", "run_2")
    seen = Seen("retrain", "dest has moved", 1, NOON, ends, "run_2", (moved,))
    assert found(finding) == Event("find_1", type_, ends, MODEL, "find_1", "treadle:monitor", "dest has moved", seen)


def test_every_way_from_stage_to_stage_is_told() -> None:
    ways = [Move(Noun.VERSION, 1, before, after) for (before, _), after in TRANSITIONS.items()]
    assert len(events(replace(promotion(), moves=tuple(ways)))) == len(ways)


def test_an_event_is_a_noun_and_a_past_participle() -> None:
    said = {noun: {name for (of, _), name in TYPES.items() if of is noun} for noun in Noun}
    assert all(name.startswith(f"{noun}.") for noun, names in said.items() for name in names)
    every = (*TYPES.values(), *RETURNS.values(), *FOUND.values())
    assert all(name.endswith(("ed", "found")) and name.count(".") == 1 for name in every)
