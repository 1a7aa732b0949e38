"""Model: one consistent reading of a model; its methods decide, the registry commits.

Every decision takes the order that asks for it: an order that was answered before is answered again, and one
that knows an older revision is refused. What beginning and ending a run does is in `domain/turn.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import wraps
from typing import TypeVar, TypeVarTuple

from shared.domain import stage, turn
from shared.domain.change import Answered, Change, Command, Decision, Item, Move, Noun, Receipt, Ref
from shared.domain.dataset import Dataset
from shared.domain.errors import NotFound, Problem, RevisionMoved
from shared.domain.head import Head, Pace
from shared.domain.order import Order
from shared.domain.reason import Reason
from shared.domain.run import Cause, Run, RunStatus
from shared.domain.serving import Arm, Role, Serving
from shared.domain.spec.applied import AppliedSpec
from shared.domain.stage import Stage, Verb
from shared.domain.upload import Upload
from shared.domain.version import Version

Ts = TypeVarTuple("Ts")
T = TypeVar("T", AppliedSpec, Version, Dataset, Run, Upload)
Decide = Callable[["Model", Order, *Ts], Change]


def once(decide: Decide[*Ts]) -> Decide[*Ts]:
    """Answer an order that was answered before with its first receipt; refuse one that knows an older revision."""

    @wraps(decide)
    def decided(model: "Model", order: Order, *given: *Ts) -> Change:
        if command := model.commands.get(order.id):
            return Answered(command.answer(order))
        if order.revision not in (None, model.head.revision):
            now = str(model.head.revision)
            raise RevisionMoved(
                f"{model.name} is at revision {now}",
                Problem("/If-Match", "the state has moved", got=str(order.revision), expected=now, fix="read it again"),
            )
        return decide(model, order, *given)

    return decided


@dataclass(frozen=True, slots=True)
class Model:
    """What `registry.model(name, *refs)` returns: head, serving record, and the items and commands asked for."""

    head: Head
    serving: Serving
    items: Mapping[Ref, Item]
    commands: Mapping[str, Command]

    @staticmethod
    def unknown(name: str) -> "Model":
        """A model before its first spec."""
        never = datetime.fromtimestamp(0, UTC)
        return Model(Head(name, 0, never), Serving(name, 0, never), {}, {})

    @property
    def name(self) -> str:
        """The model's name."""
        return self.head.model

    def version(self, number: int) -> Version:
        """The version that was asked for; raises NotFound."""
        return self._item(Ref(Noun.VERSION, number), Version)

    def run(self, run: str) -> Run:
        """The run that was asked for; raises NotFound."""
        return self._item(Ref(Noun.RUN, run), Run)

    def dataset(self, dataset: str) -> Dataset:
        """The data version that was asked for; raises NotFound."""
        return self._item(Ref(Noun.DATASET, dataset), Dataset)

    def upload(self, upload: str) -> Upload:
        """The upload that was asked for; raises NotFound."""
        return self._item(Ref(Noun.UPLOAD, upload), Upload)

    def spec(self, number: int) -> AppliedSpec:
        """The spec that was asked for; raises NotFound."""
        return self._item(Ref(Noun.SPEC, number), AppliedSpec)

    def _item(self, ref: Ref, kind: type[T]) -> T:
        if isinstance(item := self.items.get(ref), kind):
            return item
        raise NotFound(
            f"{self.name} has no {ref.noun} {str(ref.id)[:40]}",
            Problem(
                f"/{ref.noun}", f"no such {ref.noun}", got=str(ref.id)[:99], fix=f"look at treadle {ref.noun}s list"
            ),
        )

    # What a model decides, in the wheel's order.

    @once
    def apply(self, order: Order, spec: AppliedSpec) -> Change:
        """A new spec number, for the next run on; the same content as the newest changes nothing."""
        newest = self.items.get(Ref(Noun.SPEC, self.head.spec))
        if isinstance(newest, AppliedSpec) and newest.digest == spec.digest:
            still = Move(Noun.SPEC, newest.number, "applied", "applied")
            return self._decided("apply", order, self.head, spec.at, still)
        rate = spec.spec.train.at_most
        pace = Pace(rate.count, rate.length) if rate else None
        head = replace(self.head, spec=spec.number, pace=pace, replaces=spec.spec.data.uploads == "replace")
        move = Move(Noun.SPEC, spec.number, "", "applied")
        serving = None if self.head.revision else self.serving  # the first says that nothing serves yet
        return self._decided("apply", order, head, spec.at, move, items=(spec,), serving=serving)

    @once
    def receive(self, order: Order, upload: Upload, cause: Cause, run: str, at: datetime) -> Change:
        """An upload gets its run: a new one, or the queued one, which it joins (a `replace` upload supersedes it)."""
        arrived = Move(Noun.UPLOAD, upload.id, "", upload.status)
        if self.head.queued and not self.head.replaces:
            queued = replace(self.head.queued, uploads=(*self.head.queued.uploads, upload.id))
            still = Move(Noun.RUN, queued.run, queued.status, queued.status)
            items = (replace(upload, run=queued.run),)
            return self._decided("receive", order, replace(self.head, queued=queued), at, still, arrived, items=items)
        head, moves, begun = turn.begin(self.head, run, cause, order, at, (upload.id,))
        return self._decided("receive", order, head, at, *moves, arrived, items=(begun, replace(upload, run=run)))

    @once
    def begin(self, order: Order, cause: Cause, run: str, at: datetime) -> Change:
        """A run without a new upload: on the data so far."""
        head, moves, begun = turn.begin(self.head, run, cause, order, at)
        return self._decided("train", order, head, at, *moves, items=(begun,))

    @once
    def start_queued(self, order: Order, run: str, at: datetime) -> Change:
        """The queued run starts, pinned to the newest spec, data version and uploads."""
        head, move, running = turn.start_queued(self.head, self.run(run), at)
        return self._decided("start", order, head, at, move, items=(running,))

    @once
    def accept(self, order: Order, dataset: Dataset) -> Change:
        """A data version of the running run becomes the model's newest; its cut is never undercut."""
        turn.must_run(self.head, order)
        cut = max((cut for cut in (self.head.cut, dataset.cut) if cut), default=None)
        head = replace(self.head, dataset=dataset.id, cut=cut)
        move = Move(Noun.DATASET, dataset.id, "", "accepted")
        return self._decided("accept", order, head, dataset.at, move, items=(dataset,))

    @once
    def register(self, order: Order, version: Version) -> Change:
        """The running run's accepted candidate becomes the next version; numbers are dense."""
        turn.must_run(self.head, order)
        numbered = replace(version, number=self.head.next_version, stage=Stage.CANDIDATE)
        head = replace(self.head, next_version=numbered.number + 1)
        move = Move(Noun.VERSION, numbered.number, "", Stage.CANDIDATE)
        return self._decided("register", order, head, version.at, move, items=(numbered,))

    @once
    def promote(self, order: Order, number: int, at: datetime) -> Change:
        """The version becomes champion, the one before it drains, and the open run ends; pinned versions stay."""
        version = self.version(number)
        moves = [Move(Noun.VERSION, number, version.stage, stage.after(number, version.stage, Verb.PROMOTE))]
        arms = [Arm(number, Role.CHAMPION, 1.0, version.artifact)]
        if before := self.serving.champion:
            draining = stage.after(before.version, Stage.CHAMPION, Verb.REPLACE)
            moves.append(Move(Noun.VERSION, before.version, Stage.CHAMPION, draining))
            arms.append(replace(before, role=Role.PINNED, share=0.0))
        arms += [arm for arm in self.serving.arms if arm.role is Role.PINNED and arm.version != number]
        head, ended = turn.settle(
            replace(self.head, champion=number, learned_until=version.learned_until), order, "promoted"
        )
        serving = replace(self.serving, arms=tuple(arms))
        return self._decided("promote", order, head, at, *moves, *ended, serving=serving)

    @once
    def end(self, order: Order, run: str, status: RunStatus, reason: Reason, at: datetime) -> Change:
        """An open run ends with a status and a reason."""
        head, move = turn.end(self.head, run, status, reason)
        return self._decided("end", order, head, at, move)

    def _decided(
        self,
        action: str,
        order: Order,
        head: Head,
        at: datetime,
        move: Move,
        *others: Move,
        items: tuple[Item, ...] = (),
        serving: Serving | None = None,
    ) -> Decision:
        """The decision one revision on; its receipt, which is the audit record, tells of the first move."""
        revision = self.head.revision + 1
        version = int(move.id) if move.noun is Noun.VERSION else None
        run = str(move.id) if move.noun is Noun.RUN else order.run or None
        receipt = Receipt(
            order.id, action, self.name, order.by, order.reason, at, revision, version, run, move.was or None, move.now
        )
        stamped = replace(serving, revision=revision, at=at) if serving else None
        return Decision(order, receipt, replace(head, revision=revision, at=at), (move, *others), items, stamped)
