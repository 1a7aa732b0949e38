"""Attributes: items of the domain as items of the table, and back."""

from collections.abc import Mapping
from datetime import UTC, datetime

from shared.domain import record
from shared.domain.approval import Approval
from shared.domain.attempt import Attempt
from shared.domain.change import Item, Noun, Ref
from shared.domain.check import Check
from shared.domain.dataset import Dataset
from shared.domain.finding import Finding
from shared.domain.head import Head
from shared.domain.item import moved, standing
from shared.domain.reason import Reason
from shared.domain.run import OPEN, Run, Step
from shared.domain.serving import Serving
from shared.domain.spec.applied import AppliedSpec
from shared.domain.upload import Upload
from shared.domain.version import Version

Value = Mapping[str, str]
"""One attribute: {"S": text} or {"N": number}."""

Values = Mapping[str, Value]
"""An item of the table, or a part of one."""

KINDS: Mapping[Noun, type[Item]] = {
    Noun.SPEC: AppliedSpec,
    Noun.VERSION: Version,
    Noun.DATASET: Dataset,
    Noun.RUN: Run,
    Noun.STEP: Step,
    Noun.APPROVAL: Approval,
    Noun.UPLOAD: Upload,
    Noun.FINDING: Finding,
    Noun.CHECK: Check,
}
MODELS = "MODELS"
OPEN_RUNS = "OPEN"


def text(value: str) -> Value:
    """A string attribute."""
    return {"S": value}


def instant(at: datetime) -> str:
    """An instant as text that sorts by time: always UTC, always microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def partition(model: str) -> str:
    """The partition of a model; "" is no model."""
    return f"MODEL#{model}" if model else "STRAY"


def numbered(number: int) -> str:
    """A number as text that sorts by size."""
    return f"{number:08d}"


def sort_key(ref: Ref) -> str:
    """The place of an item within its model's partition."""
    if ref.noun is Noun.MODEL:
        return "HEAD"
    return f"{ref.noun.upper()}#{numbered(ref.id) if isinstance(ref.id, int) else ref.id}"


def key(model: str, sort: str) -> dict[str, Value]:
    """The primary key."""
    return {"PK": text(partition(model)), "SK": text(sort)}


def lasting(model: str, sort: str, content: object) -> dict[str, Value]:
    """What has a body alone: the serving record, audit and commands."""
    return {**key(model, sort), "body": text(record.written(content).decode())}


def of_head(head: Head) -> dict[str, Value]:
    """The head, listed among all models."""
    listed = {"GSI1PK": text(MODELS), "GSI1SK": text(f"{instant(head.at)}#{head.model}")}
    return {**lasting(head.model, "HEAD", head), "revision": {"N": str(head.revision)}, **listed}


def of_served(serving: Serving) -> dict[str, Value]:
    """A link of the chain that says which versions answered when."""
    return {**lasting(serving.model, f"SERVED#{numbered(serving.revision)}", serving), "at": text(instant(serving.at))}


def try_of(attempt: Attempt) -> Value:
    """A try as text that sorts by age."""
    return text(f"{instant(attempt.entered)}#{attempt.retry:03d}")


def of_claim(attempt: Attempt) -> dict[str, Value]:
    """The newest try of a step; it has no body, for it says nothing else."""
    return {**key(attempt.model, sort_key(Ref(Noun.FENCE, attempt.fence))), "attempt": try_of(attempt)}


def of_item(item: Item) -> dict[str, Value]:
    """An item with its overlay and its places in the lists."""
    place = standing(item)
    sort = sort_key(place.ref)
    listed = f"{instant(item.at)}#{sort.partition('#')[2]}"
    attributes = {
        **lasting(item.model, sort, item),
        **overlay(place.state, place.since, place.reason),
        "GSI1PK": text(f"{partition(item.model)}#{place.ref.noun.upper()}"),
        "GSI1SK": text(listed),
    }
    if place.run:
        attributes["run"] = text(place.run)
    if isinstance(item, Run) and item.status in OPEN:
        attributes |= {"GSI2PK": text(OPEN_RUNS), "GSI2SK": text(listed)}
    return attributes


def overlay(state: str, since: datetime, reason: Reason) -> dict[str, Value]:
    """Where an item stands."""
    return {
        "state": text(state),
        "since": text(instant(since)),
        "reason_code": text(reason.code),
        "reason_detail": text(reason.detail),
    }


def item_of(attributes: Values) -> Item:
    """The item, in the state that its overlay tells."""
    noun = Noun(attributes["SK"]["S"].partition("#")[0].lower())
    item = record.read(KINDS[noun], attributes["body"]["S"])
    since = datetime.fromisoformat(attributes["since"]["S"])
    reason = Reason(attributes["reason_code"]["S"], attributes["reason_detail"]["S"])
    return moved(item, attributes["state"]["S"], since, reason)


def head_of(attributes: Values) -> Head:
    """The head."""
    return record.read(Head, attributes["body"]["S"])
