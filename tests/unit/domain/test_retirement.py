"""Retirement: what was last seen of a version, who called it, and what its callers do now."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain import record
from shared.domain.check import Check
from shared.domain.difference import Changed, Difference
from shared.domain.finding import Figure
from shared.domain.hour import Caller
from shared.domain.retirement import Called, Replacement, Retirement, called, seen
from shared.domain.signature import Input
from shared.domain.spec.data import ColumnType
from tests.examples import MODEL, NOON, later

ESTIMATE = Figure("outcome", "roc_auc", 0.671, 0.6, 0.626, 0.66, 0.682, 12_000)

WEEK = timedelta(days=7)
CHANGED = Difference(
    added=(Input("origin", ColumnType.CATEGORY, feature=True), Input("note", ColumnType.TEXT, feature=False)),
    removed=(Input("distance", ColumnType.NUMBER, feature=True),),
    changed=(Changed("hour", "type", "integer", "number"),),
    output=(Changed("prediction", "column", "late", "very_late"),),
)
RETIREMENT = Retirement(
    MODEL,
    1,
    "cmd_1",
    "ada",
    "version 2 is better",
    NOON,
    NOON - WEEK,
    NOON,
    Replacement(2, "treadle:promote", "it passed every gate", NOON - WEEK),
    ("version 2 was accepted: no limit is broken",),
    CHANGED,
    (Called("desk", 12_345, NOON),),
)


def call(name: str, version: int, slot: str, rows: int, minutes: float) -> Caller:
    return Caller(name, version, slot, rows, later(minutes))


def test_before_outcomes_came_the_estimate_is_quoted_as_one() -> None:
    check = Check(MODEL, "chk_1", NOON, 1, 1, estimated=(ESTIMATE,))
    assert seen(check) == ("2013-04-01: roc_auc 0.6710 (0.6600 to 0.6820) on 12,000 rows, estimated without outcomes",)


def test_what_came_true_is_quoted_rather_than_the_estimate() -> None:
    check = Check(MODEL, "chk_1", NOON + timedelta(days=1), 1, 1, realised=(ESTIMATE,), estimated=(ESTIMATE,))
    [sentence] = seen(check)
    assert sentence.startswith("2013-04-02: roc_auc")
    assert sentence.endswith("with outcomes")


def test_a_check_that_saw_nothing_is_no_evidence() -> None:
    assert seen(Check(MODEL, "chk_1", NOON, 1, 0)) == ()


def test_a_caller_is_summed_over_the_slots_in_any_order_and_the_busiest_comes_first() -> None:
    calls = [
        call("desk", 1, "b", 5, 60),
        call("app", 1, "a", 90, 1),
        call("desk", 1, "a", 2, 3),
        call("app", 2, "a", 7, 9),
    ]
    expected = (Called("app", 90, later(1)), Called("desk", 7, later(60)))
    assert called(calls, 1) == called(reversed(calls), 1) == expected
    assert called(calls, 3) == ()


@pytest.mark.parametrize(
    "step",
    [
        "call POST /models/flights/predict, which always answers by the champion: version 2 now",
        "or pin the successor: POST /models/flights/versions/2/predict",
        "send origin (category), in every row",
        "send note (text), where it is known",
        "leave out distance: it is no input any more",
        "hour: type was integer, is number",
        "the answer's column was late, is very_late",
        "to have version 1 judged again: treadle restore flights 1 -m REASON",
    ],
)
def test_callers_are_told_each_thing_to_do(step: str) -> None:
    assert step in RETIREMENT.steps


def test_an_equal_signature_asks_callers_for_no_change_of_rows() -> None:
    same = replace(RETIREMENT, difference=Difference()).steps
    assert len(same) == 4
    assert "send the same rows and read the same answers: nothing about them has changed" in same


def test_an_account_is_read_as_it_was_written() -> None:
    assert record.read(Retirement, record.written(RETIREMENT)) == RETIREMENT
