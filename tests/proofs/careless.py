"""Careless: somebody who decides without a look; the registry's second line refuses what the domain would have."""

from collections.abc import Sequence

from shared.domain.change import Change
from shared.domain.errors import Error
from tests.proofs.forgeries import FORGERIES, SELDOM
from tests.proofs.hand import REFUSALS, Hand
from tests.proofs.lie import Lie, Unfit, whole
from tests.proofs.stamps import STAMPS

NAME = "careless"
AGAIN = 4
"""How often a forgery is tried that only met another decision."""


def forges(hand: Hand, times: int) -> None:
    """So many forgeries, each of another kind, in an order by chance, but first what there is seldom something for."""
    left = sorted(hand.chance.sample(list(FORGERIES), len(FORGERIES)), key=lambda name: name not in SELDOM)
    for _ in range(times):
        _insists(hand, left)


def _insists(hand: Hand, left: list[str]) -> None:
    """The first that something can be forged for, until it met the registry's own condition."""
    for _ in range(AGAIN):
        name, change = _forged(Lie(hand, whole(hand), hand.order()), left)
        try:
            receipt = hand.registry.commit(change)
        except REFUSALS as refused:
            hand.told(refused)
            if name not in STAMPS and _met_another(refused):
                continue
        else:
            if not receipt.replayed:
                hand.around.complaints.append(f"the registry let it happen: {name}")
        left.remove(name)
        return


def _forged(lie: Lie, left: Sequence[str]) -> tuple[str, Change]:
    """What the domain would not stop either, now that it was lied to; raises Unfit where there is nothing."""
    for name in left:
        try:
            return name, FORGERIES[name](lie)
        except (Unfit, *REFUSALS) as unfit:
            lie.why[name] = unfit
    raise Unfit


def _met_another(refused: Error) -> bool:
    return any(problem.pointer == "/revision" for problem in refused.problems)
