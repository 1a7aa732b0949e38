"""Item: what is kept beside a model's head has a ref, stands in a state since an instant for a reason, and moves."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from shared.domain.approval import Approval, ApprovalStatus
from shared.domain.change import Item, Noun, Receipt, Ref
from shared.domain.check import Check
from shared.domain.dataset import Dataset
from shared.domain.errors import NotFound, Problem
from shared.domain.finding import Finding
from shared.domain.reason import NO_REASON, Reason
from shared.domain.run import Run, RunStatus, Step
from shared.domain.spec.applied import AppliedSpec
from shared.domain.stage import Stage
from shared.domain.upload import Upload, UploadStatus
from shared.domain.version import Version

T = TypeVar("T", AppliedSpec, Version, Dataset, Run, Upload)

STILL: Mapping[type[Item], tuple[Noun, str]] = {
    Dataset: (Noun.DATASET, "accepted"),
    Step: (Noun.STEP, "done"),
    Finding: (Noun.FINDING, "found"),
    Check: (Noun.CHECK, "done"),
}
"""What stays in the one state that it began in."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Which item it is and where it stands; `run` is the run that it belongs to ("" for none)."""

    ref: Ref
    state: str
    since: datetime
    reason: Reason = NO_REASON
    run: str = ""


def standing(item: Item) -> Standing:
    """The ref and the state of an item."""
    match item:
        case Version():
            return Standing(Ref(Noun.VERSION, item.number), item.stage, item.since, item.reason, item.run)
        case Run():
            return Standing(Ref(Noun.RUN, item.id), item.status, item.since, item.reason)
        case Approval():
            return Standing(Ref(Noun.APPROVAL, item.run), item.status, item.since, item.reason, item.run)
        case Upload():
            return Standing(Ref(Noun.UPLOAD, item.id), item.status, item.at, Reason("", item.reason), item.run)
        case AppliedSpec():
            return Standing(Ref(Noun.SPEC, item.number), "applied", item.at)
        case _:
            noun, state = STILL[type(item)]
            run = "" if isinstance(item, Check) else item.run
            return Standing(Ref(noun, item.id), state, item.at, run=run)


def found(model: str, items: Mapping[Ref, Item], ref: Ref, kind: type[T]) -> T:
    """The item of this kind among those that the model was read with; raises NotFound."""
    if isinstance(item := items.get(ref), kind):
        return item
    problem = Problem(
        f"/{ref.noun}", f"no such {ref.noun}", got=str(ref.id)[:99], fix=f"look at treadle {ref.noun}s list"
    )
    raise NotFound(f"{model} has no {ref.noun} {str(ref.id)[:40]}", problem)


def moved(item: Item, state: str, since: datetime, reason: Reason) -> Item:
    """The item in another state; what has but one state stays as it is."""
    match item:
        case Version():
            return replace(item, stage=Stage(state), since=since, reason=reason)
        case Run():
            return replace(item, status=RunStatus(state), since=since, reason=reason)
        case Approval():
            return replace(item, status=ApprovalStatus(state), since=since, reason=reason)
        case Upload():
            return replace(item, status=UploadStatus(state), reason=reason.detail)
        case _:
            return item


def recorded(item: Item) -> Receipt:
    """The receipt of a fact, which is no decision: it has no revision."""
    place = standing(item)
    by = f"treadle:{item.name}" if isinstance(item, Step) else "treadle"
    run = place.run or None
    return Receipt(str(place.ref.id), "record", item.model, by, "", item.at, 0, run=run, now=place.state)
