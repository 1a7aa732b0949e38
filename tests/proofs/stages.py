"""Stages: where schedules are played: on DynamoDB Local through the adapter that ships, or in memory."""

from collections.abc import Callable
from random import Random
from typing import Protocol

from shared.adapters.clients import client
from shared.adapters.dynamodb_registry import DynamoRegistry
from shared.domain.change import Receipt
from shared.domain.errors import NotFound
from shared.ports.registry import Registry
from tests.engine import make_table
from tests.examples import MODEL
from tests.proofs import cast
from tests.proofs.cast import Before
from tests.proofs.flaky import Flaky
from tests.proofs.loaded import load
from tests.proofs.recorded import Record
from tests.proofs.schedule import Schedule
from tests.proofs.truth import untrue
from tests.proofs.wire import Mutate, Wire


class Stage(Protocol):
    """A registry in a schedule's hands; in it is what came before."""

    def set_up(self, schedule: Schedule, came: Before) -> Registry:
        """The same model, where the schedule is played."""
        ...


class InMemory:
    """The registry that tests use."""

    def set_up(self, schedule: Schedule, came: Before) -> Registry:
        """The same."""
        return Flaky(came.registry, schedule)


class OnDynamo:
    """The registry that ships, on a table a schedule in the DynamoDB that the environment names.

    Never the same table again: the engine remembers client tokens for longer than a table lives.
    """

    def __init__(self, mutate: Mutate = list) -> None:
        self._client = client("dynamodb")
        self._registry = DynamoRegistry("", sleep=lambda _: None)  # to pause is to let others go first: the wire does
        self._wire = Wire(self._registry, mutate)
        self._mutate = mutate

    def set_up(self, schedule: Schedule, came: Before) -> Registry:
        """A new table; the registry's client is kept, since to make one takes longer than ten calls."""
        if self._registry._table:
            self._client.delete_table(TableName=self._registry._table)
        self._registry._table = make_table(self._client)
        load(self._client, self._registry._table, [one.change for one in came.record.asked], self._mutate)
        self._wire.schedule = schedule
        return self._registry


def play(seed: int, stage: Stage) -> tuple[Schedule, list[str]]:
    """One schedule from its seed, and what was not true in it."""
    schedule, around = Schedule(seed), cast.surroundings(Random(f"around {seed}"))
    came = cast.before(seed, schedule, around)
    registry, record = stage.set_up(schedule, came), came.record
    schedule.play(*cast.at_once(seed, registry, schedule, record, around))
    return schedule, [*around.complaints, *_judged(lambda: untrue(record, registry, MODEL), record)]


def _judged(judge: Callable[[], list[str]], record: Record) -> list[str]:
    """Of a model that nobody has begun there is nothing to say but that nobody was answered."""
    try:
        return judge()
    except NotFound as absent:
        answered = [one for one in record.asked if isinstance(one.came, Receipt) and one.came.revision]
        return [f"{absent}, but {len(answered)} were answered"] if answered else []
