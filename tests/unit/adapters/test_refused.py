"""Refused: a transaction that was cancelled although it had been written, long after its client token is forgotten."""

from dataclasses import replace

import pytest

from shared.adapters.dynamodb_registry import attributes, refused
from shared.domain.change import Decision, Noun, Ref
from shared.domain.errors import KeyReused
from shared.domain.model import Model
from tests.examples import MODEL, applied, decided, order


def a_decision(body: str = "") -> Decision:
    return decided(Model.unknown(MODEL).apply(order("apply", body), applied()))


def kept(decision: Decision) -> refused.Failed:
    """The command's place was taken: by this decision."""
    place = Ref(Noun.COMMAND, decision.order.id)
    return {place: attributes.lasting(MODEL, f"COMMAND#{decision.order.id}", decision.command)}


def test_the_same_decision_has_been_written_before() -> None:
    assert refused.decision(a_decision(), kept(a_decision())) == a_decision().receipt


def test_another_decision_of_the_same_order_gets_the_first_answer() -> None:
    later = replace(a_decision(), receipt=replace(a_decision().receipt, revision=9))
    assert refused.decision(later, kept(a_decision())) == replace(a_decision().receipt, replayed=True)


def test_another_body_under_the_same_key_is_refused() -> None:
    with pytest.raises(KeyReused):
        refused.decision(a_decision("two"), kept(a_decision("one")))
