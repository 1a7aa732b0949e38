"""A model whose first version was replaced: what its people and its machine do then, in one line each."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from shared.domain import places, record
from shared.domain.artifact import Manifest
from shared.domain.change import Noun, Receipt, Ref
from shared.domain.hour import Caller, Folding
from shared.domain.order import Order
from shared.domain.reason import Reason
from shared.domain.retirement import Retirement
from shared.domain.scores import Comparison
from shared.domain.serving import Arm, Role
from shared.domain.signature import Input, Output, Signature
from shared.domain.spec import Task
from shared.domain.spec.data import ColumnType
from shared.domain.stage import Stage
from shared.domain.verdict import Decision, Verdict
from shared.lifecycle import purge, restore, retire
from shared.ports.objects import Objects
from shared.ports.registry import Registry
from shared.ports.retirements import retirement
from tests.examples import MODEL, cause, later, order, version
from tests.fakes.clock import SetClock
from tests.fakes.eraser import MemoryEraser
from tests.fakes.ids import CountingIds
from tests.fakes.objects import MemoryObjects
from tests.fakes.profiles import MemoryProfiles
from tests.fakes.registry import MemoryRegistry
from tests.fakes.wheel import MemoryWheel
from tests.history import NEXT, RUN, decide, having_a_champion, having_promoted, having_received

FIRST, SECOND = "ab12", "cd34"
"""The artifacts of versions 1 and 2."""

HOUR = Input("hour", ColumnType.INTEGER, feature=True)
DEST = Input("dest", ColumnType.CATEGORY, feature=True)
LATE = Output(Task.BINARY, "late", ("false", "true"), 0.4)
WEEK = timedelta(days=7)
BETTER = Verdict(
    Decision.ACCEPTED,
    ("no limit is broken: 2 of gates",),
    (),
    (),
    (),
    (),
    (Comparison("roc_auc", 0.032, 0.029, 0.034),),
)


def having_replaced_the_champion(registry: Registry) -> None:
    """Version 2 answers from the seventh minute on, and version 1 drains for a week."""
    having_a_champion(registry)
    having_received(registry, "february", NEXT, 4)
    made = replace(version(NEXT, later(5)), artifact=SECOND)
    decide(registry, lambda model: model.register(order("register 2", run=NEXT), made))
    having_promoted(registry, 2, 7, run=NEXT)


def having_kept_what_they_are(artifacts: Objects) -> None:
    """Bytes, manifests and verdicts of both versions."""
    for artifact, inputs in ((FIRST, (HOUR,)), (SECOND, (HOUR, DEST))):
        manifest = Manifest(artifact, 5, Signature(inputs, LATE), "by hand", {}, "ds_1", RUN, "c0de")
        artifacts.write(places.manifest(artifact), record.written(manifest))
        artifacts.write(places.artifact(artifact), b"model")
    for run in (RUN, NEXT):
        artifacts.write(places.evaluation(MODEL, run), record.written(retire.Judged(BETTER)))


@dataclass(slots=True)
class Leaving:
    """Version 2 has replaced version 1, which drains for a week from the seventh minute on."""

    registry: MemoryRegistry = field(default_factory=MemoryRegistry)
    artifacts: MemoryObjects = field(default_factory=MemoryObjects)
    profiles: MemoryProfiles = field(default_factory=MemoryProfiles)
    wheel: MemoryWheel = field(default_factory=MemoryWheel)
    clock: SetClock = field(default_factory=lambda: SetClock(later(10)))
    ids: CountingIds = field(default_factory=CountingIds)

    def __post_init__(self) -> None:
        having_replaced_the_champion(self.registry)
        having_kept_what_they_are(self.artifacts)

    def asks(self, number: int, given: Order) -> Receipt:
        """Somebody retires a version."""
        return retire.run(
            retire.Request(MODEL, number, given),
            registry=self.registry,
            artifacts=self.artifacts,
            profiles=self.profiles,
            clock=self.clock,
        )

    def drained(self, number: int = 1, since: datetime | None = None) -> retire.Outcome:
        """The machine has waited for a version that drains since then, or else since the seventh minute."""
        result = retire.drained(
            retire.Drain(MODEL, number, since or later(7)),
            registry=self.registry,
            artifacts=self.artifacts,
            profiles=self.profiles,
            clock=self.clock,
        )
        return result.outcome

    def week_passes(self) -> None:
        """The time to drain is over."""
        self.clock.pass_time(WEEK)

    def called(self, name: str, number: int, rows: int, at: datetime) -> None:
        """A program asked a version for so many rows."""
        slot = f"{at:%Y-%m-%dT%H}"
        self.profiles.put(Folding(MODEL, slot, 1, callers=(Caller(name, number, slot, rows, at),)))

    def rolled_back(self, minutes: float) -> None:
        """The version that drained last answers again."""
        decide(self.registry, lambda model: model.rollback(order(f"back {minutes}"), later(minutes)))

    def restored(self, number: int, minutes: float) -> None:
        """A version that left passed the gates of then, and was promoted."""
        run = f"run_restore_{minutes}"
        about = (Ref(Noun.VERSION, number),)
        asked, at = order(f"restore {minutes}"), later(minutes)
        decide(self.registry, lambda model: model.restore(asked, number, cause("restore"), run, at), *about)
        decide(self.registry, lambda model: model.readmit(order(f"admit {run}", run=run), number, at), *about)
        decide(self.registry, lambda model: model.promote(order(f"promote {run}", run=run), number, at), *about)

    def rejected(self, number: int, minutes: float) -> None:
        """The running run's candidate was tried, and was no good."""
        run = self.registry.model(MODEL).head.running
        by, at = run.run if run else "", later(minutes)
        arm = Arm(number, Role.CHALLENGER, 0.2, FIRST)
        tried = order(f"try {number}", run=by)
        decide(self.registry, lambda model: model.challenge(tried, arm, at), Ref(Noun.VERSION, number))
        given, why = order(f"reject {number}", run=by), Reason("rolled_back", "it broke")
        decide(self.registry, lambda model: model.take_back(given, why, at))

    def restores(self, number: int, given: Order) -> Receipt:
        """Somebody brings a version before today's gates."""
        request = restore.Request(MODEL, number, given)
        return restore.run(request, registry=self.registry, wheel=self.wheel, clock=self.clock, ids=self.ids)

    def purges(self, number: int, given: Order) -> Receipt:
        """An admin gives a version's bytes up."""
        request = purge.Request(MODEL, number, given)
        eraser = MemoryEraser(self.artifacts)
        return purge.run(request, registry=self.registry, eraser=eraser, clock=self.clock)

    def stage(self, number: int) -> Stage:
        """Where a version stands."""
        return self.registry.model(MODEL, Ref(Noun.VERSION, number)).version(number).stage

    def account(self, number: int = 1) -> Retirement:
        """The account of its last retirement."""
        return retirement(self.registry, self.artifacts, MODEL, number)

    @property
    def arms(self) -> tuple[Arm, ...]:
        """What answers now."""
        return self.registry.model(MODEL).serving.arms

    @property
    def bytes_kept(self) -> set[str]:
        """The artifacts whose bytes are there."""
        keys = self.artifacts.keys("artifacts/")
        return {key.split("/")[1] for key in keys if key.endswith("model.onnx")}
