"""Truth: what was read and answered in a schedule, held against what the registry says in the end."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from shared.domain.change import Audit, Decision, Fact, Item, Noun, Receipt, Ref
from shared.domain.errors import Conflict, Error, KeyReused, LateWrite
from shared.domain.model import Model
from shared.domain.upload import Upload, UploadStatus
from shared.ports.registry import Registry
from tests.auditor import Books, books, wrong
from tests.fakes.registry import MemoryRegistry
from tests.proofs import facts
from tests.proofs.careless import NAME
from tests.proofs.recorded import Asked, Reading, Record, Silence

Links = Mapping[str, Sequence[Audit]]
"""The audit chain by order."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A commit of a decision."""

    asked: Asked
    change: Decision

    @property
    def receipt(self) -> Receipt | None:
        """What was answered, as it was answered first."""
        return replace(self.asked.came, replayed=False) if isinstance(self.asked.came, Receipt) else None


def untrue(record: Record, registry: Registry, name: str) -> list[str]:
    """What the auditor finds, and what of the record is not so; nothing when every word of it was true."""
    kept = books(registry, name)
    links: dict[str, list[Audit]] = defaultdict(list)
    for link in kept.chain:
        links[link.receipt.id].append(link)
    decided = [Decided(one, one.change) for one in record.asked if isinstance(one.change, Decision)]
    return [
        *wrong(kept, registry),
        *_answers(record.asked, links),
        *_traces(decided, links),
        *_repeats(decided),
        *_refusals(decided, kept.model.head.revision),
        *_commands(decided, registry, name),
        *_retold(record, decided, kept, registry),
        *facts.untrue(record.asked, registry, name),
    ]


def _answers(asked: Sequence[Asked], links: Links) -> Iterator[str]:
    """Each receipt of a decision is in the chain once; all answers to an order are equal."""
    for one in asked:
        if isinstance(one.came, Receipt) and one.came.revision:
            first, kept = replace(one.came, replayed=False), [link.receipt for link in links.get(one.came.id, ())]
            if kept != [first]:
                yield f"{one.by} was answered {_brief(first)}, but the chain has {[*map(_brief, kept)]}"


def _traces(decided: Sequence[Decided], links: Links) -> Iterator[str]:
    """Every link is what somebody asked for and was not refused."""
    asked: dict[Audit, list[Receipt | Error | Silence]] = defaultdict(list)
    for one in decided:
        asked[Audit(one.change.receipt, one.change.moves)].append(one.asked.came)
    for kept in links.values():
        for link in kept:
            came = asked[link]
            if not came:
                yield f"nobody decided {_brief(link.receipt)}"
            elif all(isinstance(one, Error) for one in came):
                yield f"{_brief(link.receipt)} was refused, and is in the chain"


def _repeats(decided: Sequence[Decided]) -> Iterator[str]:
    """Who sends an order again that was answered is answered again."""
    answered: dict[str, int] = {}
    for one in decided:
        if one.receipt:
            answered[one.change.order.id] = min(one.asked.ended, answered.get(one.change.order.id, one.asked.ended))
    for one in decided:
        late = one.asked.began >= answered.get(one.change.order.id, one.asked.began + 1)
        if late and isinstance(one.asked.came, Error) and not isinstance(one.asked.came, LateWrite | KeyReused):
            yield f"{one.asked.by} sent {_brief(one.change.receipt)} again and was told: {one.asked.came}"


def _refusals(decided: Sequence[Decided], revision: int) -> Iterator[str]:
    """Who is told that the revision moved is told to which."""
    for one in decided:
        if (
            one.asked.by != NAME
            and isinstance(one.asked.came, Conflict)
            and [p.pointer for p in one.asked.came.problems] == ["/revision"]
        ):
            told = int(one.asked.came.problems[0].got)
            if told == one.change.head.revision - 1 or not 0 < told <= revision:
                yield f"{one.asked.by} was told of revision {told}, which it is not"


def _commands(decided: Sequence[Decided], registry: Registry, name: str) -> Iterator[str]:
    """What was answered is remembered under its order."""
    told = {one.change.order.id: one.receipt for one in decided if one.receipt}
    kept = registry.model(name, *(Ref(Noun.COMMAND, order) for order in list(told)[:98])).commands
    for order, receipt in list(told.items())[:98]:
        if order not in kept or kept[order].receipt != receipt:
            yield f"the command {_brief(receipt)} is not remembered"


def _retold(record: Record, decided: Sequence[Decided], kept: Books, registry: Registry) -> Iterator[str]:
    """The chain told to a registry of its own: every reading was of one of its revisions, and so is the last."""
    told, made = _announced(record.asked), {one.change.receipt: one.change for one in decided}
    at: dict[int, list[Reading]] = defaultdict(list)
    for reading in record.readings:
        at[reading.model.head.revision].append(reading)
    for link in kept.chain:
        try:
            told.commit(replace(made[link.receipt], attempt=None))
        except (Error, KeyError) as refused:
            yield f"{_brief(link.receipt)} cannot have followed: {refused}"
            return
        yield from (line for reading in at[link.receipt.revision] for line in _differs(reading, told))
    yield from _differs(Reading(kept.model, tuple(kept.model.items)), told)
    served = [link.receipt.at for link in kept.chain if made[link.receipt].serving][-3:]
    yield from (f"at {then} another record served" for then in served if _other(then, kept.model.name, registry, told))


def _announced(asked: Sequence[Asked]) -> MemoryRegistry:
    """A registry that knows of the files that were announced, and of nothing else."""
    registry = MemoryRegistry()
    for one in asked:
        if isinstance(one.change, Fact) and isinstance(one.change.item, Upload):
            registry.commit(one.change)
    return registry


def _other(then: object, name: str, registry: Registry, told: Registry) -> bool:
    at: object = then
    return registry.serving_at(name, at) != told.serving_at(name, at)  # type: ignore[arg-type]


def _differs(reading: Reading, told: MemoryRegistry) -> Iterator[str]:
    seen, right = reading.model, told.model(reading.model.name, *reading.refs)
    if seen == right:
        return
    if (seen.head, seen.serving) != (right.head, right.serving) or seen.commands != right.commands:
        yield f"a reading at revision {seen.head.revision} was of a state that no revision had"
    items, there = _decided(seen), _decided(right)
    for ref, item in items.items():
        if there.get(ref) != item:
            yield f"at revision {seen.head.revision}, {ref.noun} {ref.id} was read as it never was"
    if missing := there.keys() - items.keys():
        yield f"at revision {seen.head.revision}, {sorted(map(str, missing))} were read as absent"


def _decided(model: Model) -> dict[Ref, Item]:
    """The items that decisions made; facts, and uploads that are only announced, come at no revision."""
    return {
        ref: item
        for ref, item in model.items.items()
        if ref.noun not in facts.NOUNS and not (isinstance(item, Upload) and item.status is UploadStatus.EXPECTED)
    }


def _brief(receipt: Receipt | None) -> str:
    return f"{receipt.action} by {receipt.by} at revision {receipt.revision}" if receipt else "nothing"
