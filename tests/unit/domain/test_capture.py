"""Captured lines: what is read of them, which rows are drawn, and what of a row may be kept."""

import json

import pytest

from shared.domain.capture import Captured, CapturedRow, FedBack, Outcome, chosen, disguised, hashed, read

ROW = {"id": "prd_flights_1c_01JD0000000000000000000000_0", "arm": "1c", "score": 0.25, "cells": {"hour": 5}}
ASKED = {"captured": "flights", "at": 1000, "revision": 7, "caller": "ada", "rows": [ROW]}
TOLD = {"outcomes": "flights", "at": 2000, "caller": "ada", "rows": [{"id": ROW["id"], "actual": None}]}
READ = Captured("flights", 1000, 7, "ada", (CapturedRow(str(ROW["id"]), "1c", 0.25, {"hour": 5}),))


def line(of: object) -> bytes:
    """As predict prints it."""
    return json.dumps(of, separators=(",", ":")).encode()


def test_both_kinds_of_lines_are_read_in_their_order() -> None:
    lines, unread = read(line(ASKED) + b"\n" + line(TOLD) + b"\n\n")
    assert lines == (READ, FedBack("flights", 2000, "ada", (Outcome(str(ROW["id"]), None),)))
    assert unread == 0


def test_lines_that_run_into_one_another_are_told_apart() -> None:
    lines, unread = read(line(ASKED) + line(TOLD) + line(ASKED))
    assert ([type(each) for each in lines], unread) == ([Captured, FedBack, Captured], 0)


def test_a_row_that_an_arm_failed_says_so() -> None:
    (failed,), _ = read(line({**ASKED, "rows": [{**ROW, "failed": True}]}))
    assert [row.failed for row in failed.rows if isinstance(row, CapturedRow)] == [True]


@pytest.mark.parametrize(
    "cut",
    [line(ASKED)[:-9], b"START RequestId: 1", b"[]", b"7", b'{"captured": "flights"}', b"\xff", line({"_aws": {}})],
)
def test_a_line_that_is_cut_or_of_another_kind_is_counted_and_the_others_are_read(cut: bytes) -> None:
    assert read(cut + b"\n" + line(ASKED)) == ((READ,), 1)


def test_a_share_of_the_rows_is_drawn_the_same_at_every_try() -> None:
    drawn = [row for row in range(10_000) if chosen("01JD", row, 0.3)]
    assert drawn == [row for row in range(10_000) if chosen("01JD", row, 0.3)]
    assert 2_800 < len(drawn) < 3_200
    assert set(drawn) <= {row for row in range(10_000) if chosen("01JD", row, 0.5)}


def test_all_rows_or_none_are_drawn_at_the_ends() -> None:
    assert all(chosen("01JD", row, 1.0) for row in range(100))
    assert not any(chosen("01JD", row, 0.0) for row in range(100))


def test_private_columns_are_hashed_or_left_out_and_missing_ones_stay_missing() -> None:
    row = {"name": "Ada", "seat": "7A", "hour": 5, "nick": None}
    private = (("name", "hash"), ("seat", "omit"), ("nick", "hash"), ("title", "hash"))
    shown = disguised("flights", row, private)
    assert shown == {"name": hashed("flights", "name", "Ada"), "hour": 5}
    assert row["name"] == "Ada"


def test_a_hash_tells_values_columns_and_models_apart_and_not_one_from_one_point_nought() -> None:
    hashes = {
        hashed(*of) for of in (("a", "b", "c"), ("a", "b", "d"), ("a", "c", "c"), ("b", "b", "c"), ("ab", "", "c"))
    }
    assert len(hashes) == 5
    assert all(len(each) == 16 and set(each) <= set("0123456789abcdef") for each in hashes)
    assert hashed("a", "b", 1) == hashed("a", "b", 1.0)
