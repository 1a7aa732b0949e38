"""Limits: what DynamoDB can hold is held, and what it could not is told before it is asked."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from shared.adapters.dynamodb_limits import ITEM_BYTES, parts, size_of
from shared.adapters.dynamodb_profiles import DynamoProfiles
from shared.adapters.dynamodb_registry import DynamoRegistry, attributes
from shared.domain.change import Decision, Fact, Move, Noun, Ref
from shared.domain.check import Check, Window
from shared.domain.errors import TooLarge
from shared.domain.finding import Figure
from shared.domain.head import Open
from shared.domain.hour import Folding, Hour
from shared.domain.names import digest_id
from shared.domain.order import Order
from shared.domain.reason import Reason
from shared.domain.run import RunStatus
from shared.domain.turn import MOST_UPLOADS
from shared.lifecycle import apply
from shared.lifecycle import check as checking
from shared.ports.registry import Query, Registry
from tests.examples import MODEL, NOON, cause, decided, later, order, spec, upload
from tests.fakes.clock import SetClock
from tests.history import NEXT, RUN, having_applied, having_received

NEVER = Reason("never_came")
SLOT = "2013-04-01T12"


def check(columns: int) -> Check:
    """A check of so many columns."""
    figures = tuple(Figure(f"column_{n:04}", "psi", 0.07, 0.25, 0.0, 0.07, 0.07, 9_000) for n in range(columns))
    return Check(MODEL, "chk_1", later(1), 1, 1, drift=Window(NOON, later(1), 9_000, 0, figures))


def wide(columns: int) -> apply.Request:
    """A spec of so many columns, as Ada applies it."""
    made = spec(data={"columns": {f"column_{number:04}": "integer" for number in range(columns)}})
    return apply.Request(made, Order("cmd_wide", "ada", "wide"))


def test_a_head_holds_all_the_uploads_that_may_wait(table: str) -> None:
    registry = DynamoRegistry(table)
    having_applied(registry)
    having_received(registry, "january", RUN, 1)
    having_received(registry, "february", NEXT, 2)
    ids = tuple(digest_id("up", str(number)) for number in range(MOST_UPLOADS - 2))
    read = registry.model(MODEL)
    waiting = replace(read, head=replace(read.head, queued=Open(NEXT, RunStatus.QUEUED, ids)))
    march = upload("march", at=later(3))
    registry.commit(waiting.receive(order("march"), march, cause("march"), NEXT, later(3)))
    head = registry.model(MODEL).head
    assert head.covered == MOST_UPLOADS
    assert size_of(attributes.of_head(head)) < ITEM_BYTES / 5


def test_a_check_that_no_item_could_hold_is_told_before_the_call(table: str) -> None:
    registry = DynamoRegistry(table)
    having_applied(registry)
    with pytest.raises(TooLarge) as told:
        registry.commit(Fact(check(4_000)))
    [problem] = told.value.problems
    assert told.value.detail == "check chk_1 is larger than a record may be"
    assert (problem.expected, problem.fix) == ("at most 405,504 bytes", "name fewer columns in the spec")
    assert registry.page(Query(Noun.CHECK, MODEL)).items == ()


def test_the_largest_spec_is_stored_and_so_is_a_check_of_all_its_columns(table: str) -> None:
    registry = DynamoRegistry(table)
    assert apply.run(wide(1_700), registry=registry, clock=SetClock(NOON)).revision == 1
    registry.commit(Fact(check(1_700)))
    assert len(registry.model(MODEL, Ref(Noun.SPEC, 1)).spec(1).spec.data.columns) == 1_700


def test_a_larger_spec_is_refused_at_the_door(table: str) -> None:
    registry = DynamoRegistry(table)
    with pytest.raises(TooLarge) as told:
        apply.run(wide(1_800), registry=registry, clock=SetClock(NOON))
    assert told.value.problems[0].expected == "at most 262,144 bytes"
    assert registry.page(Query(Noun.MODEL)).items == ()


def test_a_dry_run_refuses_what_applying_would_refuse(registry: Registry) -> None:
    with pytest.raises(TooLarge):
        checking.run(checking.Request(wide(1_800).spec), registry=registry)


def test_an_item_at_the_limit_is_held_by_the_engine(table: str) -> None:
    registry = DynamoRegistry(table)
    having_applied(registry)
    size = size_of(attributes.of_item(check(2_000)))
    columns = 2_000 * (ITEM_BYTES - 500) // size
    assert ITEM_BYTES - 1_000 < size_of(attributes.of_item(check(columns))) <= ITEM_BYTES
    registry.commit(Fact(check(columns)))
    assert len(registry.page(Query(Noun.CHECK, MODEL)).items) == 1


def receiving(registry: DynamoRegistry, moves: int) -> Decision:
    """A decision that moves so many uploads, with two writes for the head and its audit, and one for its command."""
    one = decided(registry.model(MODEL).refuse(order("refuse"), "up_1", NEVER, later(1)))
    uploads = tuple(upload(f"file-{number}") for number in range(moves))
    return replace(one, moves=tuple(Move(Noun.UPLOAD, each.id, "", "received") for each in uploads), items=uploads)


def test_a_transaction_has_a_hundred_writes(table: str) -> None:
    registry = DynamoRegistry(table)
    having_applied(registry)
    assert registry.commit(receiving(registry, 97)).revision == 2


def test_a_transaction_has_no_more_than_a_hundred_writes(table: str) -> None:
    registry = DynamoRegistry(table)
    having_applied(registry)
    with pytest.raises(TooLarge) as told:
        registry.commit(receiving(registry, 98))
    assert (told.value.problems[0].got, told.value.problems[0].expected) == ("101", "at most 100")


def test_an_hour_that_no_item_could_hold_is_told_before_the_call(table: str) -> None:
    noise = Random(1).randbytes(500_000)
    hour = Hour(1, NOON, SLOT, 9, 0, noise, b"")
    with pytest.raises(TooLarge) as told:
        DynamoProfiles(table).put(Folding(MODEL, SLOT, 1, (hour,)))
    assert told.value.problems[0].fix == "name fewer columns in the spec"


def test_large_hours_are_put_in_several_transactions(table: str) -> None:
    noise = Random(1).randbytes(390_000)
    hours = tuple(Hour(1, NOON + timedelta(hours=n), SLOT, 9, 0, noise, b"") for n in range(12))
    profiles = DynamoProfiles(table)
    profiles.put(Folding(MODEL, SLOT, 1, hours))
    kept = profiles.hours(MODEL, 1, NOON, NOON + timedelta(hours=12))
    assert [(hour.at, hour.counts == noise) for hour in kept] == [(hour.at, True) for hour in hours]


def test_writes_are_parted_by_number_and_by_bytes() -> None:
    assert [len(part) for part in parts(({}, 10) for _ in range(250))] == [100, 100, 50]
    assert [len(part) for part in parts(({}, 1_500_000) for _ in range(5))] == [2, 2, 1]
