"""Stamps: decisions that are right but for one stamp: an order, a revision, a number that is there already."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from shared.domain.change import Change, Decision, Noun, Receipt, Ref
from shared.domain.model import Model
from shared.domain.order import Order
from shared.domain.spec.applied import AppliedSpec
from tests.examples import MODEL, applied, decided
from tests.proofs.lie import Lie
from tests.proofs.people import SPECS

KNOWN = tuple(applied(of=of) for of in SPECS)


def other_spec(lie: Lie, number: int) -> AppliedSpec:
    """A spec of another content than the newest."""
    newest = lie.model.spec(lie.model.head.spec)
    other = next(known for known in KNOWN if known.digest != newest.digest)
    return replace(other, number=number, at=lie.hand.now())


def honest(lie: Lie) -> Decision:
    """An honest decision."""
    return decided(lie.model.apply(lie.order, other_spec(lie, lie.model.head.spec + 1)))


def _order_of_before(lie: Lie) -> Change:
    """Carried out before, and nobody looked: it must be answered, and nothing be done."""
    links = lie.hand.registry.audit(MODEL, 5).items
    first = lie.hand.chance.choice(links).receipt
    order = Order(first.id, first.by, first.reason, _body(lie, first))
    return decided(replace(lie.model, commands={}).apply(order, other_spec(lie, lie.model.head.spec + 1)))


def _body(lie: Lie, first: Receipt) -> str:
    return lie.hand.model(Ref(Noun.COMMAND, first.id)).commands[first.id].body


def _audit_of_before(lie: Lie) -> Change:
    """A receipt with the stamp of a revision that is there: its audit record would take the place of another."""
    change = honest(lie)
    return replace(change, receipt=replace(change.receipt, revision=max(1, lie.model.head.revision - 1)))


def _record_of_before(lie: Lie) -> Change:
    """A serving record with the stamp of one that served: it would take its place in the chain of past ones."""
    change = honest(lie)
    assert change.serving
    return replace(change, serving=lie.model.serving)


def _head_of_before(lie: Lie) -> Change:
    """From a reading that is old; only its audit record is numbered after the newest."""
    old = lie.headed(replace(lie.model.head, revision=lie.model.head.revision - 1))
    change = decided(old.apply(lie.order, other_spec(lie, lie.model.head.spec + 1)))
    return _stamped(change, lie.model.head.revision + 1)


def _model_begun_anew(lie: Lie) -> Change:
    """As if there were no such model; only its records are numbered after the newest."""
    change = decided(Model.unknown(MODEL).apply(lie.order, other_spec(lie, lie.model.head.spec + 1)))
    return _stamped(change, lie.model.head.revision + 1)


def _stamped(change: Decision, revision: int) -> Decision:
    assert change.serving
    serving = replace(change.serving, revision=revision)
    return replace(change, receipt=replace(change.receipt, revision=revision), serving=serving)


STAMPS: Mapping[str, Callable[[Lie], Change]] = {
    "an order is carried out twice": _order_of_before,
    "an audit record takes the place of another": _audit_of_before,
    "a serving record takes the place of another": _record_of_before,
    "an old reading decides": _head_of_before,
    "a model begins anew": _model_begun_anew,
}
"""What bears a stamp that is taken."""
