"""A challenger costs its callers nothing: what it cannot answer the champion answers, and its judge sees it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.domain import places
from shared.domain.artifact import Golden
from shared.domain.capture import hashed
from shared.domain.errors import ArtifactRefused
from shared.domain.prediction import parse
from shared.domain.serving import Role
from shared.domain.signature import Input, Output
from shared.domain.spec import Task
from shared.domain.spec.data import ColumnType
from tests.unit.lifecycle.artifacts import HOUR
from tests.unit.lifecycle.caller import NOON, Caller, binary, values

ROWS = [{"hour": hour, "note": f"row {number}"} for number in range(4) for hour in range(24)]
LATE = Output(Task.BINARY, "late", ("false", "true"), 0.5)


def trying(challenger: str, caller: Caller, share: float = 0.5) -> Caller:
    """Version 1 is the champion, and version 2 is tried with this artifact."""
    store = caller.store
    store.serve((store.binary(0.04), Role.CHAMPION, 1 - share), (challenger, Role.CHALLENGER, share))
    return caller


def unloadable(caller: Caller) -> str:
    """An artifact whose bytes are no model."""
    return caller.store.keep(b"no model", LATE)


def sometimes_nothing(caller: Caller) -> str:
    """A model that gives no number from noon on."""
    return caller.store.undefined(above=11)


def test_rows_of_a_challenger_that_does_not_load_are_the_champions() -> None:
    caller = Caller()
    result = trying(unloadable(caller), caller).ask(*ROWS)
    assert values(result) == values(binary(0.04).ask(*ROWS))
    assert {(parse(each.id).version, parse(each.id).role) for each in result.predictions} == {(1, Role.CHAMPION)}
    failed = [row for row in result.captured if row.failed]
    assert {row.arm for row in failed} == {"2h"}
    assert {row.arm for row in result.captured if not row.failed} == {"1c"}
    assert 30 < len(failed) < 66
    assert [type(fault) for fault in result.faults] == [ArtifactRefused]


def test_a_challenger_that_answers_its_golden_row_otherwise_is_broken() -> None:
    caller = Caller()
    wrong = Golden({"hour": 10}, (0.9,))
    result = trying(caller.store.binary(0.02, golden=(wrong,)), caller).ask(*ROWS)
    assert {each.version for each in result.predictions} == {1}


def test_a_broken_artifact_is_not_read_again_for_every_call() -> None:
    caller = Caller()
    trying(unloadable(caller), caller).ask(*ROWS)
    broken = caller.store.arms[1].artifact
    mended = caller.store.objects
    mended.put(places.artifact(broken), mended.read(places.artifact(caller.store.arms[0].artifact)))
    caller.clock.pass_time(timedelta(seconds=30))
    assert any(row.failed for row in caller.ask(*ROWS).captured)


def test_a_broken_artifact_is_tried_again_after_a_minute() -> None:
    caller = Caller()
    good = caller.store.binary(0.02)
    body = caller.store.objects.read(places.artifact(good))
    caller.store.objects.put(places.artifact(good), b"not yet whole")
    assert any(row.failed for row in trying(good, caller).ask(*ROWS).captured)
    caller.store.objects.put(places.artifact(good), body)
    caller.clock.pass_time(timedelta(seconds=61))
    result = caller.ask(*ROWS)
    assert not any(row.failed for row in result.captured)
    assert {each.version for each in result.predictions} == {1, 2}


def test_only_the_rows_that_a_challenger_gives_no_number_for_are_the_champions() -> None:
    caller = Caller()
    result = trying(sometimes_nothing(caller), caller, share=0.9).ask(*ROWS)
    for row, prediction, captured in zip(ROWS, result.predictions, result.captured, strict=True):
        if captured.arm == "2h":
            assert (prediction.version, captured.failed) == ((1, True) if int(str(row["hour"])) > 11 else (2, False))
    assert sum(row.failed for row in result.captured) > 20


def test_a_drill_is_a_challenger_of_the_champions_own_number() -> None:
    caller = Caller()
    store = caller.store
    store.serve((store.binary(0.04), Role.CHAMPION, 0.5), (unloadable(caller), Role.CHALLENGER, 0.5))
    store.arms = tuple(replace(arm, version=1) for arm in store.arms)
    result = caller.ask(*ROWS)
    assert {row.arm for row in result.captured if row.failed} == {"1h"}
    assert {parse(each.id).role for each in result.predictions} == {Role.CHAMPION}
    assert values(caller.ask({"hour": 20}, version=1)) == [True]


def test_the_champions_own_failure_is_an_error() -> None:
    caller = Caller()
    store = caller.store
    store.serve((unloadable(caller), Role.CHAMPION, 0.5), (store.binary(), Role.CHALLENGER, 0.5))
    with pytest.raises(ArtifactRefused):
        caller.ask(NOON)


def test_a_shadow_is_dealt_nothing_and_never_loaded() -> None:
    caller = Caller()
    result = trying(unloadable(caller), caller, share=0.0).ask(*ROWS)
    assert {row.arm for row in result.captured} == {"1c"}
    assert result.faults == []


def test_rows_with_one_key_keep_their_arm() -> None:
    caller = Caller()
    store = caller.store
    trying(store.binary(0.02), caller)
    store.key = ("note",)
    rows = [{"hour": hour, "note": f"flight {number}"} for number in range(20) for hour in range(24)]
    arms: dict[str, set[str]] = {}
    for row, captured in zip(rows, caller.ask(*rows).captured, strict=True):
        arms.setdefault(str(row["note"]), set()).add(captured.arm)
    assert {len(each) for each in arms.values()} == {1}
    assert set().union(*arms.values()) == {"1c", "2h"}


def test_what_is_captured_is_what_was_sent_and_said() -> None:
    (row,) = binary(0.04).ask({"hour": 5, "note": "Ada's"}).captured
    assert (row.arm, row.score, row.cells, row.failed) == ("1c", 0.2, {"hour": 5, "note": "Ada's"}, False)


def test_the_score_is_of_the_tasks_kind() -> None:
    caller = Caller()
    caller.store.serve((caller.store.multiclass(), Role.CHAMPION, 1.0))
    assert caller.ask({"hour": 0}).captured[0].score == (0.9, 0.1, 0.0)
    other = Caller()
    other.store.serve((other.store.regression(), Role.CHAMPION, 1.0))
    assert other.ask(NOON).captured[0].score == 120.5


def test_a_pinned_call_is_captured_as_pinned() -> None:
    (row,) = binary().ask(NOON, version=1).captured
    assert row.arm == "1p"
    assert row.id.startswith("prd_flights_1p_")


def test_the_share_that_is_captured_is_the_serving_records() -> None:
    caller = binary()
    caller.store.capture = 0.25
    assert 100 < len(caller.ask(*[NOON] * 600).captured) < 200
    silent = binary()
    silent.store.capture = 0.0
    assert silent.ask(NOON).captured == []


@pytest.mark.parametrize(
    ("how", "shown"), [("omit", {"hour": 5}), ("hash", {"hour": 5, "note": hashed("flights", "note", "Ada's")})]
)
def test_a_private_column_is_captured_as_its_signature_says(how: Any, shown: dict[str, object]) -> None:
    caller = Caller()
    private = Input("note", ColumnType.TEXT, feature=False, private=how)
    caller.store.inputs = (HOUR, private)
    caller.store.serve((caller.store.binary(), Role.CHAMPION, 1.0))
    (row,) = caller.ask({"hour": 5, "note": "Ada's"}).captured
    assert row.cells == shown
