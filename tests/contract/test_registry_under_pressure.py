"""The registry on a table that is busy: what may pass is tried again, what is an answer is told, nothing is done twice.

Busy answers come in AWS's own words, put in the place of the engine's before a request is sent.
"""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders

from shared.adapters import clients
from shared.adapters.dynamodb_registry import DynamoRegistry, transaction
from shared.adapters.patience import Patience
from shared.domain.change import Fact, Noun, Ref
from shared.domain.errors import Conflict, Unavailable
from shared.ports.registry import Query
from shared.ports.remaining import telling
from tests.examples import MODEL, applied, later, order, step
from tests.history import RUN, having_applied, having_received

LAST_CALL_S = Patience("the registry", "dynamodb", 20).last_call_s
WRITE = "before-send.dynamodb.TransactWriteItems"
Said = tuple[int, str, list[dict[str, Any]]]
"""Status, type of the error, and the reasons of a cancelled transaction."""


def cancelled(*codes: str) -> Said:
    """A transaction that was cancelled for these reasons, a write each."""
    return 400, "TransactionCanceledException", [{"Code": code, "Message": "so it is"} for code in codes]


def refused(status: int, code: str) -> Said:
    return status, code, []


class Raw(io.BytesIO):
    """A body as botocore reads it."""

    def stream(self, *_: object, **__: object) -> Iterator[bytes]:
        """All at once."""
        yield self.read()


@dataclass(slots=True)
class Pressure:
    """What the table says to the next writes, before it listens again; how many it was sent."""

    says: list[Said] = field(default_factory=list)
    sent: int = 0

    def __call__(self, request: AWSPreparedRequest, **_: object) -> AWSResponse | None:
        """The busy answer, or none: the engine answers."""
        self.sent += 1
        if not self.says:
            return None
        status, code, reasons = self.says.pop(0)
        body = {"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": code, "CancellationReasons": reasons}
        headers = HTTPHeaders.from_dict({"content-type": "application/x-amz-json-1.0"})
        return AWSResponse(request.url, status, headers, Raw(json.dumps(body).encode()))


@contextmanager
def pressed(table: str) -> Iterator[tuple[DynamoRegistry, Pressure]]:
    """A registry on the table, and the pressure that it is under."""
    pressure, emitter = Pressure(), clients._session().get_component("event_emitter")
    emitter.register(WRITE, pressure)
    try:
        yield DynamoRegistry(table), pressure
    finally:
        emitter.unregister(WRITE, pressure)


@pytest.fixture
def busy(table: str) -> Iterator[tuple[DynamoRegistry, Pressure]]:
    """A model whose run runs, on a table under pressure from now on."""
    with pressed(table) as (registry, pressure):
        having_applied(registry)
        having_received(registry, "january", RUN, 1)
        pressure.sent = 0
        yield registry, pressure


@pytest.mark.parametrize(
    "said",
    [
        cancelled("None", "TransactionConflict", "None"),
        cancelled("ThrottlingError", "None", "None"),
        cancelled("None", "None", "ProvisionedThroughputExceeded"),
        cancelled("None", "None", "None"),
        refused(400, "ProvisionedThroughputExceededException"),
        refused(400, "ThrottlingException"),
        refused(400, "RequestLimitExceeded"),
        refused(400, "TransactionInProgressException"),
        refused(500, "InternalServerError"),
        refused(503, "ServiceUnavailable"),
    ],
    ids=lambda said: f"{said[1]} {' '.join(reason['Code'] for reason in said[2])}".strip(),
)
def test_what_may_pass_is_sent_again_until_it_holds_once(busy: tuple[DynamoRegistry, Pressure], said: Said) -> None:
    registry, pressure = busy
    pressure.says = [said, said]
    receipt = registry.commit(registry.model(MODEL).apply(order("again"), applied(2, at=later(2))))
    assert (receipt.revision, receipt.replayed, pressure.sent) == (3, False, 3)
    assert registry.model(MODEL).head.revision == 3


def test_a_failed_condition_beside_a_conflict_is_an_answer(busy: tuple[DynamoRegistry, Pressure]) -> None:
    registry, pressure = busy
    at_two = {"Code": "ConditionalCheckFailed", "Message": "no", "Item": {"revision": {"N": "2"}}}
    pressure.says = [(400, "TransactionCanceledException", [{"Code": "None"}, at_two, {"Code": "TransactionConflict"}])]
    with pytest.raises(Conflict) as told:
        registry.commit(registry.model(MODEL).apply(order("again"), applied(2, at=later(2))))
    assert (told.value.detail, pressure.sent) == ("flights is at revision 2 now", 1)


def test_an_order_that_met_its_own_twin_gets_the_twins_answer(busy: tuple[DynamoRegistry, Pressure]) -> None:
    """The head has moved, by this very order; whether it came before could not be looked at."""
    registry, pressure = busy
    stale = registry.model(MODEL)
    first = registry.commit(stale.apply(order("again"), applied(2, at=later(2))))
    pressure.says = [cancelled("TransactionConflict", "ConditionalCheckFailed")]
    again = registry.commit(stale.apply(order("again"), applied(2, at=later(3))))
    assert (again.at, again.replayed) == (first.at, True)


def test_an_order_that_met_another_one_is_told_of_the_present_revision(busy: tuple[DynamoRegistry, Pressure]) -> None:
    registry, pressure = busy
    pressure.says = [cancelled("TransactionConflict", "ConditionalCheckFailed")]
    with pytest.raises(Conflict):
        registry.commit(registry.model(MODEL).apply(order("again"), applied(2, at=later(2))))
    assert pressure.sent == 1


def test_a_fact_that_met_its_own_twin_is_there(busy: tuple[DynamoRegistry, Pressure]) -> None:
    registry, pressure = busy
    fact = Fact(step(RUN, "data", later(2)), RUN)
    registry.commit(fact)
    pressure.says = [cancelled("TransactionConflict", "ConditionalCheckFailed")]
    assert registry.commit(fact).id == f"{RUN}#data"


def test_who_has_little_time_left_is_answered_within_it(busy: tuple[DynamoRegistry, Pressure]) -> None:
    registry, pressure = busy
    pressure.says = [cancelled("None", "TransactionConflict")] * 1000
    left = (ms for ms in count(round(LAST_CALL_S * 1000) + 3_000, -1_000))
    change = registry.model(MODEL).apply(order("again"), applied(2, at=later(2)))
    with telling(lambda: next(left)), pytest.raises(Unavailable):
        registry.commit(change)
    assert 2 <= pressure.sent <= 4


def test_who_has_no_time_left_is_heard_once(busy: tuple[DynamoRegistry, Pressure]) -> None:
    registry, pressure = busy
    change = registry.model(MODEL).apply(order("again"), applied(2, at=later(2)))
    with telling(lambda: 100):
        assert registry.commit(change).revision == 3
    assert pressure.sent == 1


@pytest.fixture
def forgetful(table: str, monkeypatch: pytest.MonkeyPatch) -> DynamoRegistry:
    """A model whose run runs, on a table that has forgotten every token: ten minutes are over between two calls."""
    numbers = count()
    monkeypatch.setattr(transaction, "token", lambda _: f"{table}-{next(numbers)}")
    registry = DynamoRegistry(table)
    having_applied(registry)
    having_received(registry, "january", RUN, 1)
    return registry


def test_a_decision_sent_again_after_its_token_is_forgotten_gets_its_first_answer(forgetful: DynamoRegistry) -> None:
    change = forgetful.model(MODEL).apply(order("again"), applied(2, at=later(2)))
    first = forgetful.commit(change)
    forgetful.commit(forgetful.model(MODEL).apply(order("another"), applied(3, at=later(3))))
    assert forgetful.commit(change) == first
    assert forgetful.model(MODEL).head.revision == 4


def test_a_fact_sent_again_after_its_token_is_forgotten_is_there_once(forgetful: DynamoRegistry) -> None:
    fact = Fact(step(RUN, "data", later(2)), RUN)
    assert forgetful.commit(fact) == forgetful.commit(fact)
    assert forgetful.page(Query(Noun.STEP, MODEL, run=RUN)).items == (fact.item,)
    assert forgetful.model(MODEL, Ref(Noun.STEP, f"{RUN}#data")).items != {}
