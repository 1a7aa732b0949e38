"""Machines: what functions do to a model: the steps of a run, the closer, the sweep, the trigger, the drains."""

from collections.abc import Callable
from datetime import timedelta

from shared.domain.attempt import Attempt
from shared.domain.change import Fact, Noun, Ref
from shared.domain.execution import Execution, State
from shared.domain.order import step_order
from shared.domain.run import BeginAt, Run, RunStatus
from shared.domain.upload import Place
from shared.lifecycle import approve, close, deploy, promote, retire, rollback, trigger
from shared.lifecycle.sweep import approvals, runs
from shared.lifecycle.sweep import drains as late
from shared.lifecycle.sweep import uploads as lost
from shared.ports.arrivals import Arrival
from shared.ports.fence import begun
from tests.examples import MODEL, NOON, dataset, step, version
from tests.proofs.hand import REFUSALS, Hand

ENDS = (
    Execution(State.SUCCEEDED),
    Execution(State.FAILED, "gate_failed", "roc_auc is too low"),
    Execution(State.FAILED, "error", "it broke"),
    Execution(State.TIMED_OUT),
)
FILES = 8
"""Files that come in a schedule, each told of by whoever draws it: a doubled event is the rule."""

SWEPT: tuple[Callable[..., object], ...] = (lost.run, approvals.run, runs.run, late.run)
"""What a sweep does that the registry knows of."""

A_DAY = timedelta(days=1, minutes=1)


def turns(hand: Hand) -> None:
    """The machine of the run that runs goes on from data to its end, or breaks off; twice, it is two executions."""
    running = hand.head().running
    if running is None:
        return
    run = hand.model(Ref(Noun.RUN, running.run)).run(running.run)
    try:
        number = _made(hand, run)
        _tried(hand, run, number)
        _decided(hand, run, number)
    except REFUSALS as refused:
        hand.told(refused)


def _made(hand: Hand, run: Run) -> int:
    """The version that the run is about, registered where it is new."""
    if run.begin_at is BeginAt.DRILL:
        return run.version
    if run.begin_at is BeginAt.DATA:
        _accepts(_step(hand, run, "data"), run)
    return _registers(_step(hand, run, "register"), run)


def _step(hand: Hand, run: Run, state: str) -> Hand:
    """The hand within a step: a newer try of it fences this one off."""
    return hand.fenced(begun(hand.registry, Attempt(MODEL, run.id, state, hand.now(), hand.chance.randrange(2))))


def _accepts(hand: Hand, run: Run) -> None:
    order, now = step_order(run.id, "data", "it can be learned from"), hand.now()
    model = hand.model(Ref(Noun.COMMAND, order.id))
    hand.registry.commit(model.accept(order, dataset(run.id, now, cut=now)))
    hand.registry.commit(Fact(step(run.id, "data", hand.now()), run.id))


def _registers(hand: Hand, run: Run) -> int:
    hand.around.judged(run.id)
    order, now = step_order(run.id, "register", "it passed every gate"), hand.now()
    about = (Ref(Noun.VERSION, run.version),) if run.version else ()
    model = hand.model(Ref(Noun.COMMAND, order.id), *about)
    again = run.begin_at is BeginAt.SCORE
    change = model.readmit(order, run.version, now) if again else model.register(order, version(run.id, now))
    number = hand.registry.commit(change).version or 0
    hand.registry.commit(Fact(step(run.id, "register", hand.now()), run.id))
    return number


def _tried(hand: Hand, run: Run, number: int) -> None:
    """Asked for where the spec has it so, then tried beside the champion."""
    spec = hand.model(Ref(Noun.SPEC, run.spec)).spec(run.spec).spec
    if spec.deploy.approval and run.begin_at is not BeginAt.DRILL:
        token = f"{hand.name}-{run.id}"
        asks = approve.Asked(MODEL, run.id, run.spec, number, token)
        hand.call(approve.ask, asks)
        if hand.chance.random() < 0.3:
            hand.tries(approve.settle, approve.Overdue(MODEL, run.id))
    artifact = "broken" if run.begin_at is BeginAt.DRILL else ""
    asked = deploy.Request(MODEL, run.id, run.spec, number, artifact=artifact)
    _step(hand, run, "deploy").call(deploy.run, asked)


def _decided(hand: Hand, run: Run, number: int) -> None:
    """Promoted, taken back, or left to the closer."""
    within, drawn = _step(hand, run, "judge"), hand.chance.random()
    if drawn < 0.5 and run.begin_at is not BeginAt.DRILL:
        order = step_order(run.id, "promote", "no harm was seen")
        within.call(promote.run, promote.Request(MODEL, number, order))
    elif drawn < 0.8:
        within.call(rollback.withdraw, rollback.Withdrawal(MODEL, run.id, "it failed rows"))


def closes(hand: Hand) -> None:
    """The machine of an open run has ended, and somebody hears of it."""
    head = hand.head()
    place = hand.chance.choice([head.running, head.running, head.queued])
    if place and place.status is not RunStatus.QUEUED:
        execution = hand.chance.choice(ENDS)
        hand.around.wheel.end(place.run, execution)
        hand.tries(close.run, close.Request(MODEL, place.run, execution))


def sweeps(hand: Hand) -> None:
    """An hour, or a day, is over, and what was lost is found."""
    hand.around.clock.pass_time(A_DAY if hand.chance.random() < 0.2 else timedelta(minutes=10))
    head = hand.head()
    if head.running and hand.chance.random() < 0.5:
        hand.around.wheel.end(head.running.run, hand.chance.choice(ENDS))
    for verb in SWEPT:
        hand.tries(verb)
    for arrival in tuple(hand.around.arrivals.announced):
        _told(hand, arrival)


def uploads(hand: Hand) -> None:
    """A file comes, and trigger is told of it, twice, or not at all."""
    arrival = Arrival(_place(hand), 1024, hand.around.clock.now())
    hand.around.arrivals.put(arrival)
    for _ in range(hand.chance.choice([0, 1, 1, 1, 2])):
        _told(hand, arrival)


def _place(hand: Hand) -> Place:
    """Of an announced file, of one of a few that come by themselves, or of a stray."""
    drawn = hand.chance.random()
    if drawn < 0.3 and hand.around.expected:
        expected = hand.chance.choice(hand.around.expected)
        return Place(expected.bucket, expected.key, "1")
    name = f"{MODEL if drawn < 0.95 else 'nobody'}/datasets/file-{hand.chance.randrange(FILES)}.csv"
    return Place("data", name, "1")


def _told(hand: Hand, arrival: Arrival) -> None:
    """The queue delivers until it is heard."""
    for _ in range(3):
        try:
            hand.call(trigger.run, trigger.Request(arrival.place, arrival.bytes, NOON))
        except REFUSALS as refused:
            hand.told(refused)
        else:
            return


def drains(hand: Hand) -> None:
    """The time of a version that drains is over, or somebody thinks so."""
    arms = [(arm.version, arm.since, arm.sunset) for arm in hand.model().serving.arms if arm.sunset and arm.since]
    for number, since, sunset in arms[:1]:
        if hand.chance.random() < 0.7:
            hand.around.clock.pass_time(max(sunset - hand.now(), timedelta()))
        hand.tries(retire.drained, retire.Drain(MODEL, number, since))
