"""Cast: who acts at once in a schedule, what each does, and how the model came to where they find it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random

from shared.domain.change import Receipt
from shared.ports.registry import Registry
from tests.fakes.registry import MemoryRegistry
from tests.proofs.careless import NAME, forges
from tests.proofs.flaky import Flaky
from tests.proofs.hand import REFUSALS, Deed, Hand
from tests.proofs.lie import Unfit
from tests.proofs.machines import closes, drains, sweeps, turns, uploads
from tests.proofs.people import (
    SPECS,
    announces,
    applies,
    applies_one_of,
    cancels,
    decides_on_a_run,
    drills,
    looks,
    promotes,
    purges,
    restores,
    retires,
    rolls_back,
    trains,
)  # fmt: skip
from tests.proofs.recorded import Record, Recorded
from tests.proofs.schedule import Killed, Part, Schedule
from tests.proofs.surroundings import PACES, PassingClock, Surroundings

ROLES: Mapping[str, tuple[Deed, ...]] = {
    "promoter": (promotes,),
    "reverter": (rolls_back, rolls_back, decides_on_a_run),
    "retirer": (retires, drains),
    "restorer": (restores, drills, purges),
    "machine": (turns,),
    "other machine": (turns, turns, decides_on_a_run),
    "closer": (closes, sweeps, cancels),
    "uploader": (uploads,),
}
"""The eight, and what each does first."""

ANYTHING: tuple[Deed, ...] = (
    promotes, rolls_back, retires, restores, purges, drills, trains, applies, cancels, announces, decides_on_a_run,
    looks, turns, turns, closes, sweeps, uploads, uploads, drains,
)  # fmt: skip
"""What each may do then."""

MORE = 0.6
"""How likely one does more."""

MOST_DEEDS = 3
FORGED = 5
"""Forgeries in a schedule."""


def surroundings(chance: Random) -> Surroundings:
    """Time passes slowly or fast."""
    return Surroundings(PassingClock(chance.choice(PACES)))


@dataclass(frozen=True, slots=True)
class Before:
    """What a schedule begins with, in memory, and what was answered until then."""

    registry: MemoryRegistry
    record: Record


def before(seed: int, schedule: Schedule, around: Surroundings) -> Before:
    """How the model came to where it is, as one hand after the other made it."""
    registry, record = MemoryRegistry(), Record()
    recorded = Recorded(Flaky(registry, schedule), schedule, record, "before")
    _begin(Hand("before", Random(f"before {seed}"), recorded, around))
    return Before(registry, Record(asked=[one for one in record.asked if isinstance(one.came, Receipt)]))


def _begin(hand: Hand) -> None:
    chance = hand.chance
    if chance.random() < 0.05:
        return  # nobody has applied a spec yet
    applies_one_of(hand, chance.choice(((SPECS[0], SPECS[3]), (SPECS[0], SPECS[3]), SPECS[4:], SPECS)))
    for _ in range(chance.choice((0, 2, 3, 4))):
        for deed in (uploads, trains, turns, decides_on_a_run, turns, chance.choice((closes, closes, promotes, looks))):
            _done(deed, hand)
    for _ in range(chance.randrange(4)):
        _done(chance.choice(ANYTHING), hand)


def at_once(seed: int, registry: Registry, schedule: Schedule, record: Record, around: Surroundings) -> list[Part]:
    """The eight, and somebody careless."""

    def hand(name: str) -> Hand:
        return Hand(name, Random(f"{name} {seed}"), Recorded(registry, schedule, record, name), around)

    actors = [_part(hand(name), deeds) for name, deeds in ROLES.items()]
    return [*actors, _forger(hand(NAME))]


def _part(hand: Hand, deeds: tuple[Deed, ...]) -> Part:
    def act() -> None:
        chosen = [hand.chance.choice(deeds)]
        while len(chosen) < MOST_DEEDS and hand.chance.random() < MORE:
            chosen.append(hand.chance.choice(ANYTHING))
        _alive(hand, [partial(_done, deed, hand) for deed in chosen])

    return act


def _forger(hand: Hand) -> Part:
    def act() -> None:
        _alive(hand, [partial(_done, partial(forges, times=FORGED), hand)])

    return act


def _done(deed: Deed, hand: Hand) -> None:
    try:
        deed(hand)
    except REFUSALS as refused:
        hand.told(refused)
    except Unfit:
        hand.idle += 1


def _alive(hand: Hand, deeds: Sequence[Part]) -> None:
    """One after the other until all are done, or it is killed; whatever else ends it is a complaint."""
    try:
        for deed in deeds:
            deed()
    except Killed:
        hand.killed = True
    except Exception as fell:  # noqa: BLE001  a verb that falls is what we look for
        hand.around.complaints.append(f"{hand.name} fell over {type(fell).__name__}: {fell}")
