"""Letters fit a terminal, say what happened and what to do next, and cannot be forged by file names or cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.documents.notice import Happening, RunFailed, RunRejected, StrayUpload, VersionPromoted, notice
from shared.domain.dataset import Reject
from tests.unit.documents.facts import AT, RUN

REJECTS = (
    Reject(5, "distance", "far", "a number from 0"),
    Reject(17, "time_hour", "2013-04-01T10:00:00", "a time with an offset, such as 2013-04-01T10:00:00Z"),
    Reject(40, "carrier", "", "a value"),
)
HAPPENINGS: tuple[Happening, ...] = (
    RunRejected("flights", RUN, "data", "data_rejected", "16 of 200 rows are bad", "f.csv", 16, REJECTS, serving=1),
    RunRejected("flights", RUN, "evaluate", "gate_failed", "a gate failed", findings=("roc_auc loses",)),
    RunFailed("flights", RUN, "train", "timed_out", "train took longer than 15 minutes", 1),
    VersionPromoted("flights", 2, "wheel", "every gate passed", AT, 1, ("roc_auc gains",)),
    StrayUpload("data", "nomodel/datasets/a.csv", 120, AT, "there is no model named nomodel"),
)


def test_a_rejected_upload_names_line_column_got_and_expected_and_that_the_champion_keeps_serving() -> None:
    letter = notice(HAPPENINGS[0])
    assert letter.subject == "flights: run rejected at data (data_rejected)"
    assert (
        letter.body
        == f"""The run {RUN} of model flights was rejected at
data: 16 of 200 rows are bad

Bad rows: 16 in f.csv. The first bad cells:

line  column     got                  expected
5     distance   far                  a number from 0
17    time_hour  2013-04-01T10:00:00  a time with an offset, such as 20…
40    carrier    (empty)              a value

Version 1 keeps serving; nothing has changed for callers.

What to do next:
  correct the file and upload it again
    treadle upload flights FILE
  look at the run
    treadle runs show flights {RUN}
"""
    )


def test_a_refused_candidate_brings_the_verdicts_sentences() -> None:
    body = notice(HAPPENINGS[1]).body
    assert "\n\n- roc_auc loses\n\n" in body
    assert "upload" not in body
    assert "No version of this model serves yet." in body


def test_a_failed_run_says_how_to_run_it_again() -> None:
    letter = notice(HAPPENINGS[2])
    assert letter.subject == "flights: run failed at train (timed_out)"
    assert "treadle train flights -m REASON" in letter.body


def test_a_promotion_says_what_it_replaces() -> None:
    letter = notice(HAPPENINGS[3])
    assert letter.subject == "flights: version 2 is the champion"
    assert "It replaces version 1, which drains and can be rolled back to." in letter.body
    assert "treadle versions card flights 2" in letter.body


def test_a_stray_upload_says_where_it_is_and_that_no_run_was_started() -> None:
    letter = notice(HAPPENINGS[4])
    assert letter.subject == "Stray upload: nomodel/datasets/a.csv"
    assert "  nomodel/datasets/a.csv\n" in letter.body
    assert "No run was started" in letter.body


def test_only_the_first_ten_bad_cells_are_in_the_letter() -> None:
    many = tuple(Reject(line, "distance", "far", "a number") for line in range(2, 52))
    letter = notice(RunRejected("flights", RUN, "data", "data_rejected", "bad", "f.csv", 50, many))
    assert letter.body.count("a number") == 10
    assert "Bad rows: 50 in f.csv." in letter.body


@pytest.mark.parametrize("happening", HAPPENINGS, ids=lambda each: type(each).__name__)
def test_paragraphs_are_parted_by_one_empty_line(happening: Happening) -> None:
    body = notice(happening).body
    assert "\n\n\n" not in body
    assert body.endswith("\n")
    assert not body.startswith("\n")


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=300))
def test_whatever_a_cell_or_a_file_name_holds_the_letter_keeps_its_form(one: str, two: str, three: str) -> None:
    rejected = RunRejected(
        "flights", RUN, "data", "data_rejected", one, two, 1, (Reject(2, one, two, three),), (three,)
    )
    for letter in (notice(rejected), notice(StrayUpload("data", one, 1, AT, two))):
        assert len(letter.subject) < 100
        assert letter.subject.isprintable()
        assert all(len(line) <= 72 and line.isprintable() for line in letter.body.split("\n"))


def test_a_line_break_in_a_file_name_starts_no_header_of_its_own() -> None:
    letter = notice(StrayUpload("data", "a\r\nBcc: all@example.com", 1, AT, "no such model"))
    assert letter.subject == "Stray upload: a Bcc: all@example.com"
