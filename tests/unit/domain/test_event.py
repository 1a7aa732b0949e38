"""Event: what a decision moved, in outsiders' words."""

from dataclasses import replace

from shared.domain.change import Audit, Move, Noun
from shared.domain.event import TYPES, Event, events
from shared.domain.reason import Reason
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
        "overtaken",
        "ada decided otherwise: promote, she said",
    )


def test_an_audit_record_gives_the_same_ids_each_time() -> None:
    assert [event.id for event in events(promotion())] == [event.id for event in events(promotion())]


def test_a_move_that_changes_nothing_is_no_event() -> None:
    joined = replace(promotion(), moves=(Move(Noun.RUN, "run_2", "queued", "queued", Reason("")),))
    assert events(joined) == ()


def test_an_event_is_a_noun_and_a_past_participle() -> None:
    assert all(
        name.partition(".")[0] == noun and name.partition(".")[2].endswith("ed") for (noun, _), name in TYPES.items()
    )
