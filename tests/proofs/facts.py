"""Facts: what was recorded beside the decisions is there once, as it was told first, by who might tell of it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from shared.domain.attempt import Attempt
from shared.domain.change import Claim, Decision, Fact, Noun, Receipt, Ref
from shared.domain.errors import Error, LateWrite
from shared.domain.item import standing
from shared.domain.run import OPEN
from shared.ports.registry import Registry
from tests.proofs.recorded import Asked

NOUNS = frozenset({Noun.STEP, Noun.CHECK, Noun.FINDING})
"""What is recorded, never decided."""


def untrue(asked: Sequence[Asked], registry: Registry, name: str) -> list[str]:
    """What is not so."""
    told: dict[Ref, list[tuple[Asked, Fact]]] = defaultdict(list)
    for one in asked:
        if isinstance(one.change, Fact) and one.change.item.model == name:
            told[standing(one.change.item).ref].append((one, one.change))
    kept = {ref: tellings for ref, tellings in told.items() if ref.noun in NOUNS}
    return [*_firsts(kept, registry, name), *_fenced(kept, _ends(asked)), *_late(asked), *_in_time(asked)]


def _firsts(told: dict[Ref, list[tuple[Asked, Fact]]], registry: Registry, name: str) -> Iterator[str]:
    """The first telling stays; what was refused is not there."""
    there = registry.model(name, *list(told)[:98]).items if told else {}
    for ref, tellings in list(told.items())[:98]:
        ends = [one.ended for one, _ in tellings if isinstance(one.came, Receipt)]
        first = [fact.item for one, fact in tellings if ends and one.began <= min(ends)]
        if ends and there.get(ref) not in first:
            yield f"{ref.noun} {ref.id} is not as it was told first"
        if ref in there and all(isinstance(one.came, Error) for one, _ in tellings):
            yield f"{ref.noun} {ref.id} was refused, and is there"


def _ends(asked: Sequence[Asked]) -> dict[str, int]:
    """The moment by which a run had ended, for whoever was told of it."""
    over: dict[str, int] = {}
    for one in asked:
        if isinstance(one.change, Decision) and isinstance(one.came, Receipt):
            ended = [m for m in one.change.moves if m.noun is Noun.RUN and m.now not in OPEN and not one.came.replayed]
            over |= {str(move.id): one.ended for move in ended}
    return over


def _fenced(told: dict[Ref, list[tuple[Asked, Fact]]], over: dict[str, int]) -> Iterator[str]:
    """Nobody records a step of a run that is over."""
    for ref, tellings in told.items():
        (first, fact), held = tellings[0], any(isinstance(one.came, Receipt) for one, _ in tellings)
        if held and fact.fence and first.began >= over.get(fact.fence, first.began + 1):
            yield f"{ref.noun} {ref.id} was recorded when its run was over"


def _late(asked: Sequence[Asked]) -> Iterator[str]:
    """A try writes nothing when a newer one of the same step had begun."""
    claims = [
        (one.change.attempt, one.ended)
        for one in asked
        if isinstance(one.change, Claim) and isinstance(one.came, Receipt)
    ]
    for one in asked:
        attempt = _attempt(one)
        if attempt and isinstance(one.came, Receipt) and not one.came.replayed:
            newer = [claimed for claimed, ended in claims if _newer(claimed, attempt) and ended <= one.began]
            if newer:
                yield f"try {attempt.retry} of {attempt.fence} wrote after a newer one had begun"


def _in_time(asked: Sequence[Asked]) -> Iterator[str]:
    """Only a try is told that it is late after which a newer one began."""
    claims = [
        (one.change.attempt, one.began)
        for one in asked
        if isinstance(one.change, Claim) and not isinstance(one.came, Error)
    ]
    for one in asked:
        attempt = _attempt(one)
        newer = [began for claimed, began in claims if attempt and _newer(claimed, attempt) and began <= one.ended]
        if attempt and isinstance(one.came, LateWrite) and not newer:
            yield f"try {attempt.retry} of {attempt.fence} was told that it is late, and no newer one had begun"


def _attempt(one: Asked) -> Attempt | None:
    return one.change.attempt if isinstance(one.change, Claim | Decision | Fact) else None


def _newer(one: Attempt, other: Attempt) -> bool:
    return one.fence == other.fence and one.age > other.age
