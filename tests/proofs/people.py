"""People: what a person does to a model, by the verbs that ship."""

from collections.abc import Sequence

from shared.domain.approval import Approver
from shared.domain.change import Noun, Ref
from shared.domain.order import Order
from shared.domain.spec import Spec
from shared.domain.stage import Stage
from shared.lifecycle import (
    apply,
    approve,
    cancel,
    drill,
    expect,
    promote,
    purge,
    reject,
    restore,
    retire,
    rollback,
    start,
)  # fmt: skip
from tests.examples import MODEL, spec
from tests.proofs.hand import PEOPLE, Hand

CANARY = {"steps": [{"share": "20%", "bake": "20s"}]}
APPROVAL = {"by": list(PEOPLE), "within": "2h"}
SPECS: tuple[Spec, ...] = (
    spec(),
    spec(data={"uploads": "replace"}),
    spec(train={"at_most": "2/day"}),
    spec(deploy=CANARY, retire={"drain": "1h"}),
    spec(deploy={**CANARY, "approval": APPROVAL}),
    spec(deploy={"approval": APPROVAL}),
)
"""Made once: a schedule has no time to read a spec."""


def promotes(hand: Hand) -> None:
    """A version becomes champion, because somebody says so."""
    number = hand.version(Stage.CANDIDATE, Stage.CHALLENGER)
    hand.insists(promote.overtake, lambda order: promote.Request(MODEL, number, order))


def rolls_back(hand: Hand) -> None:
    """The challenger goes, or the version before answers again."""
    hand.insists(rollback.run, lambda order: rollback.Request(MODEL, order))


def retires(hand: Hand) -> None:
    """A version that drains is retired at once."""
    number = hand.version(Stage.DRAINING)
    hand.insists(retire.run, lambda order: retire.Request(MODEL, number, order))


def restores(hand: Hand) -> None:
    """A version that left comes before the gates again."""
    number = hand.version(Stage.RETIRED, Stage.REJECTED)
    hand.insists(restore.run, lambda order: restore.Request(MODEL, number, order))


def purges(hand: Hand) -> None:
    """The bytes of a version that left are given up."""
    number = hand.version(Stage.RETIRED, Stage.REJECTED)
    hand.insists(purge.run, lambda order: purge.Request(MODEL, number, order))


def drills(hand: Hand) -> None:
    """A copy of the champion is tried that breaks."""
    hand.insists(drill.run, lambda order: drill.Request(MODEL, order))


def trains(hand: Hand) -> None:
    """A run on the data so far."""
    hand.insists(start.run, lambda order: start.Request(MODEL, order))


def applies(hand: Hand) -> None:
    """Another spec, or the same again."""
    applies_one_of(hand, SPECS)


def applies_one_of(hand: Hand, specs: Sequence[Spec]) -> None:
    """One of these."""
    chosen = hand.chance.choice(specs)
    hand.insists(apply.run, lambda order: apply.Request(chosen, order))


def cancels(hand: Hand) -> None:
    """An open run ends, because somebody says so."""
    head = hand.head()
    if place := hand.chance.choice([head.running, head.queued]):
        hand.insists(cancel.run, lambda order: cancel.Request(MODEL, place.run, order))


def announces(hand: Hand) -> None:
    """A file is announced that comes later, or never."""
    name = f"{hand.name}-{hand.chance.randrange(9)}.csv"

    def announced(order: Order) -> expect.Request:
        return expect.Request(MODEL, name, 1024, "ab" * 32, order)

    def expected(request: expect.Request) -> None:
        hand.around.expected.append(hand.call(expect.run, request).upload.place)

    hand.insists(expected, announced)


def decides_on_a_run(hand: Hand) -> None:
    """Somebody approves of the run that waits, or does not."""
    running = hand.head().running
    if running is None:
        return
    who = Approver(hand.chance.choice(PEOPLE))
    if hand.chance.random() < 0.6:
        hand.insists(approve.run, lambda order: approve.Request(MODEL, running.run, order, who))
    else:
        hand.insists(reject.run, lambda order: reject.Request(MODEL, running.run, order, who))


def looks(hand: Hand) -> None:
    """Somebody reads all that there is of the newest version and the open run."""
    head = hand.head()
    runs = [Ref(Noun.RUN, place.run) for place in (head.running, head.queued) if place]
    hand.model(*runs, *(Ref(Noun.VERSION, number) for number in range(1, head.next_version)))
