"""Model: one consistent reading of a model; its methods decide, the registry commits.

Every decision takes the order that asks for it: an order that was answered before is answered again, and one
that knows an older revision is refused (`domain/decision.py`). What beginning and ending a run does to the head is in
`domain/turn.py`, what a decision does to the arms that serve in `domain/rollout.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from shared.domain import rollout, stage, turn
from shared.domain.change import Change, Command, Item, Move, Noun, Ref
from shared.domain.dataset import Dataset
from shared.domain.decision import decided, once
from shared.domain.execution import NAMED
from shared.domain.head import Head
from shared.domain.item import found, standing
from shared.domain.order import Order
from shared.domain.reason import Reason
from shared.domain.run import BeginAt, Cause, Run, RunStatus
from shared.domain.serving import Arm, Serving, champion
from shared.domain.spec.applied import AppliedSpec
from shared.domain.stage import Stage, Verb
from shared.domain.upload import Upload
from shared.domain.version import Version


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
        return found(self.name, self.items, Ref(Noun.VERSION, number), Version)

    def run(self, run: str) -> Run:
        """The run that was asked for; raises NotFound."""
        return found(self.name, self.items, Ref(Noun.RUN, run), Run)

    def dataset(self, dataset: str) -> Dataset:
        """The data version that was asked for; raises NotFound."""
        return found(self.name, self.items, Ref(Noun.DATASET, dataset), Dataset)

    def upload(self, upload: str) -> Upload:
        """The upload that was asked for; raises NotFound."""
        return found(self.name, self.items, Ref(Noun.UPLOAD, upload), Upload)

    def spec(self, number: int) -> AppliedSpec:
        """The spec that was asked for; raises NotFound."""
        return found(self.name, self.items, Ref(Noun.SPEC, number), AppliedSpec)

    @once
    def apply(self, order: Order, spec: AppliedSpec) -> Change:
        """A new spec number, for the next run on; the same content as the newest changes nothing."""
        newest = self.items.get(Ref(Noun.SPEC, self.head.spec))
        if isinstance(newest, AppliedSpec) and newest.digest == spec.digest:
            still = Move(Noun.SPEC, newest.number, "applied", "applied")
            return decided("apply", order, self.head, spec.at, still)
        move = Move(Noun.SPEC, spec.number, "", "applied")
        head, serving = spec.told(self.head, self.serving)
        return decided("apply", order, head, spec.at, move, items=(spec,), serving=serving)

    @once
    def receive(self, order: Order, upload: Upload, cause: Cause, run: str, at: datetime) -> Change:
        """An upload gets its run: a new one, or the queued one, which it joins (a `replace` upload supersedes it)."""
        expected = self.items.get(Ref(Noun.UPLOAD, upload.id))
        arrived = Move(Noun.UPLOAD, upload.id, standing(expected).state if expected else "", upload.status)
        if self.head.queued and not self.head.replaces:
            head, still, run = turn.join(self.head, self.head.queued, upload.id)
            return decided("receive", order, head, at, still, arrived, items=(replace(upload, run=run),))
        head, moves, begun = turn.begin(self.head, run, cause, order, at, (upload.id,))
        return decided("receive", order, head, at, *moves, arrived, items=(begun, replace(upload, run=run)))

    @once
    def refuse(self, order: Order, upload: str, why: Reason, at: datetime) -> Change:
        """An upload that was expected is waited for no longer; a file that comes after all is received like any."""
        return decided("refuse", order, self.head, at, Move(Noun.UPLOAD, upload, "expected", "refused", why))

    @once
    def begin(self, order: Order, cause: Cause, run: str, at: datetime) -> Change:
        """A run without a new upload: on the data so far."""
        head, moves, begun = turn.begin(self.head, run, cause, order, at)
        return decided("train", order, head, at, *moves, items=(begun,))

    @once
    def start_queued(self, order: Order, run: str, at: datetime) -> Change:
        """The queued run starts, pinned to the newest spec, data version and uploads."""
        head, move, running = turn.start_queued(self.head, self.run(run), at)
        return decided("start", order, head, at, move, items=(running,))

    @once
    def accept(self, order: Order, dataset: Dataset) -> Change:
        """A data version of the running run becomes the model's newest; its cut is never undercut."""
        turn.must_run(self.head, order)
        move = Move(Noun.DATASET, dataset.id, "", "accepted")
        return decided("accept", order, self.head.goes_on(dataset), dataset.at, move, items=(dataset,))

    @once
    def register(self, order: Order, version: Version) -> Change:
        """The running run's accepted candidate becomes the next version; numbers are dense."""
        turn.must_run(self.head, order)
        numbered = replace(version, number=self.head.next_version, stage=Stage.CANDIDATE)
        head = replace(self.head, next_version=numbered.number + 1)
        move = Move(Noun.VERSION, numbered.number, "", Stage.CANDIDATE)
        return decided("register", order, head, version.at, move, items=(numbered,))

    @once
    def readmit(self, order: Order, number: int, at: datetime) -> Change:
        """The running run's restored version passed the gates of today: it is a candidate again."""
        turn.must_run(self.head, order)
        return decided("readmit", order, self.head, at, self._moved(number, Verb.RESTORE))

    @once
    def challenge(self, order: Order, arm: Arm, at: datetime) -> Change:
        """The running run tries a version at a share of the champion's rows; a drill tries the champion's own."""
        turn.must_run(self.head, order)
        move = rollout.tried(self.serving, order.run, self.version(arm.version))
        return decided("challenge", order, self.head, at, move, serving=rollout.challenge(self.serving, arm))

    @once
    def promote(self, order: Order, number: int, at: datetime) -> Change:
        """The version becomes champion, the one before it drains, and the open run ends; pinned versions stay."""
        version = self.version(number)
        serving, moves = rollout.take_over(self.serving, version, at, self.head.drain)
        taken = replace(self.head, champion=number, learned_until=version.learned_until)
        head, ended = turn.settle(taken, order, RunStatus.SUCCEEDED, Reason("promoted"))
        return decided("promote", order, head, at, *moves, *ended, serving=serving)

    @once
    def take_back(self, order: Order, why: Reason, at: datetime) -> Change:
        """The running run's challenger is tried no longer, and the run ends as this reason has it."""
        serving, moves = rollout.withdraw(self.serving, why)
        head, ended = turn.settle(self.head, order, NAMED[why.code], why)
        return decided("take_back", order, head, at, *moves, *ended, serving=serving)

    @once
    def rollback(self, order: Order, at: datetime) -> Change:
        """A challenger that is being tried goes; without one, the version that drained last answers again."""
        if self.serving.challengers:
            return self.take_back(order, Reason("rolled_back", order.reason), at)
        serving, moves = rollout.give_back(self.serving, at, self.head.drain)
        back = int(moves[0].id)
        head, ended = turn.settle(replace(self.head, champion=back), order, RunStatus.SUCCEEDED, Reason("rolled_back"))
        return decided("rollback", order, head, at, *moves, *ended, serving=serving)

    @once
    def retire(self, order: Order, number: int, at: datetime) -> Change:
        """A version that drains answers nobody any more; a champion is replaced, never only retired."""
        move = self._moved(number, Verb.RETIRE)
        return decided("retire", order, self.head, at, move, serving=rollout.leave(self.serving, number))

    @once
    def restore(self, order: Order, number: int, cause: Cause, run: str, at: datetime) -> Change:
        """A run brings a version that left before the gates of today, on the newest data version."""
        self._moved(number, Verb.RESTORE)
        head, moves, begun = turn.enter(self.head, run, cause, order, at, BeginAt.SCORE, number)
        return decided("restore", order, head, at, *moves, items=(begun,))

    @once
    def drill(self, order: Order, cause: Cause, run: str, at: datetime) -> Change:
        """A run tries a copy of the champion that breaks, to see that it is taken back."""
        drilled = champion(self.serving).version
        head, moves, begun = turn.enter(self.head, run, cause, order, at, BeginAt.DRILL, drilled)
        return decided("drill", order, head, at, *moves, items=(begun,))

    @once
    def purge(self, order: Order, number: int, at: datetime) -> Change:
        """The artifact of a version that left is given up; its record, lineage and audit stay."""
        return decided("purge", order, self.head, at, self._moved(number, Verb.PURGE))

    @once
    def end(self, order: Order, run: str, status: RunStatus, reason: Reason, at: datetime) -> Change:
        """An open run ends with a status and a reason; what it was trying out is tried no longer."""
        head, moves = turn.end(self.head, run, status, reason)
        if head.running or not self.serving.challengers:
            return decided("end", order, head, at, *moves)
        serving, withdrawn = rollout.withdraw(self.serving, reason)
        return decided("end", order, head, at, *moves, *withdrawn, serving=serving)

    def _moved(self, number: int, verb: Verb) -> Move:
        before = self.version(number).stage
        return Move(Noun.VERSION, number, before, stage.after(number, before, verb))
