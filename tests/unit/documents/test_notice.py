"""Letters fit a terminal, say what happened and what to do next, and cannot be forged by file names or cells."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.documents.happening import (
    ApprovalAsked,
    DrillUnnoticed,
    FindingMade,
    Happening,
    NoticeUndelivered,
    RolledBack,
    RunFailed,
    RunRejected,
    StrayUpload,
    VersionPromoted,
    VersionReinstated,
    VersionRetired,
)
from shared.documents.notice import REACTIONS, notice
from shared.domain.dataset import Reject
from shared.domain.difference import Difference
from shared.domain.finding import Figure, Finding, Kind
from shared.domain.retirement import Called, Replacement, Retirement
from shared.domain.spec.monitor import Reaction
from tests.unit.documents.facts import AT, RUN

LETTERS = Path(__file__).parent / "letters"
BEGAN, ENDED = (datetime(2013, 4, day, 4, tzinfo=UTC) for day in (16, 23))
LOSES = "roc_auc loses more than 0.005 to version 1: -0.0170 (-0.0200 to -0.0140)"
GAINS = "roc_auc loses no more than 0.005 to version 1: +0.0320 (+0.0290 to +0.0343)"
SAW = "31 of 120 rows of version 2 could not be answered, 0 of 480 of version 1"
UNSEEN = "the drill was not noticed: not enough evidence, 0 rows where 5,593 would do"
REJECTS = (
    Reject(5, "distance", "far", "a number from 0"),
    Reject(17, "time_hour", "2013-04-01T10:00:00", "a time with an offset, such as 2013-04-01T10:00:00Z"),
    Reject(40, "carrier", "", "a value"),
)
MOVED = (
    Figure("outcome", "positives", 0.34, 0.29, 0.22, 0.33, 0.35, 5430),
    Figure("brier", "brier", 0.2271, 0.2062, 0.1664, 0.2195, 0.2347, 5430),
    Figure("prediction", "psi", 0.0456, 0.1, 0.01, 0.0456, 0.0456, 5612),
    Figure("dest", "psi", 0.0821, 0.1, 0.0123, 0.0821, 0.0821, 5612),
)
DROP = Finding(
    "flights", "drop_1", AT, 1, Kind.DROP, BEGAN, ENDED, MOVED, "retrain", "34 % were late, 22 % usually are", RUN
)
DRIFT = replace(
    DROP,
    kind=Kind.DRIFT,
    figures=(replace(MOVED[3], value=0.1121, low=0.1121, high=0.1121), MOVED[2]),
    reaction="tell",
    detail="dest has moved",
    run="",
)
ENOUGH = "its time to drain is over"
RETIRED = Retirement(
    "flights",
    1,
    "cmd_1",
    "treadle:retire",
    ENOUGH,
    AT,
    AT,
    AT,
    Replacement(2, "treadle:promote", "every gate passed", AT),
    ("version 2 minus the champion of then: roc_auc +0.0320 (+0.0290 to +0.0343)",),
    Difference(),
    (Called("story", 14_210, AT),),
)
HAPPENINGS: Mapping[str, Happening] = {
    "data_rejected": RunRejected(
        "flights", RUN, "data", "data_rejected", "16 of 200 rows are bad", "f.csv", 16, REJECTS, serving=1
    ),
    "first_candidate_refused": RunRejected(
        "flights", RUN, "evaluate", "gate_failed", "a gate failed", findings=("roc_auc is below 0.6: 0.5512",)
    ),
    "retrain_refused": RunRejected(
        "flights", RUN, "evaluate", "gate_failed", LOSES, findings=(LOSES,), serving=1, champion=1
    ),
    "run_failed": RunFailed("flights", RUN, "train", "timed_out", "train took longer than 15 minutes", 1),
    "rolled_back": RolledBack("flights", RUN, 2, SAW, False, 1),
    "drill_rolled_back": RolledBack("flights", RUN, 1, "31 of 120 rows could not be answered", True, 1),
    "drill_unnoticed": DrillUnnoticed("flights", RUN, 1, UNSEEN),
    "approval_asked": ApprovalAsked("flights", RUN, 2, ("ml-leads", "grace"), ("ada",), ENDED, (GAINS,), 1),
    "promoted": VersionPromoted("flights", 2, "treadle:promote", "every gate passed", AT, 1, (GAINS,), ENDED),
    "first_promoted": VersionPromoted("flights", 1, "ada", "a start", AT),
    "reinstated": VersionReinstated("flights", 1, "ada", "callers complain", AT, 2, ENDED),
    "retired": VersionRetired(RETIRED),
    "retired_unused": VersionRetired(replace(RETIRED, callers=(), evidence=())),
    "performance_dropped": FindingMade(DROP, 1),
    "drift_found": FindingMade(DRIFT, 1),
    "old_finding": FindingMade(replace(DROP, reaction="no_new_outcomes", run=""), 2),
    "stray_upload": StrayUpload("data", "nomodel/datasets/a.csv", 120, AT, "there is no model named nomodel"),
    "undelivered": NoticeUndelivered("flights", "drop_1", (("slack:flights", "the secret has no webhook for it"),)),
}


@pytest.mark.parametrize("name", HAPPENINGS)
def test_a_letter_reads_as_it_was_approved(name: str) -> None:
    """What differs was either a mistake or is a better letter: then write the file anew, and read it."""
    letter = notice(HAPPENINGS[name])
    assert f"{letter.subject}\n{letter.brief}\n\n{letter.body}" == (LETTERS / f"{name}.txt").read_text()


def test_every_kind_of_happening_has_its_letter() -> None:
    assert {type(each) for each in HAPPENINGS.values()} == set(get_args(Happening))


def test_every_reaction_of_the_spec_has_its_words() -> None:
    assert set(REACTIONS) == {*get_args(Reaction), "no_new_outcomes"}


@pytest.mark.parametrize("reaction", REACTIONS)
def test_a_finding_says_what_is_done_by_itself_at_once_and_in_the_letter(reaction: str) -> None:
    letter = notice(FindingMade(replace(DROP, reaction=reaction), 1))
    brief, sentence = REACTIONS[reaction]
    assert letter.brief.endswith(brief)
    assert sentence in " ".join(letter.body.split())


def test_a_reaction_of_a_later_policy_is_told_by_its_name() -> None:
    assert "\n\npause\n\n" in notice(FindingMade(replace(DROP, reaction="pause"), 1)).body


def test_a_phone_is_sent_one_sentence_of_160_letters_however_long_the_name() -> None:
    name = "m" * 40
    wide = (replace(MOVED[0], subject="c" * 200), *MOVED[1:])
    letter = notice(FindingMade(replace(DROP, model=name, figures=wide), 1))
    assert len(letter.brief) <= 160
    assert letter.brief.startswith(f"{name}: performance dropped")
    assert letter.brief.isascii()


def test_a_finding_without_figures_is_told_by_its_sentence() -> None:
    letter = notice(FindingMade(replace(DROP, figures=()), 1))
    assert (letter.subject, letter.brief) == (
        "flights: performance dropped",
        "flights: performance dropped. A retrain follows.",
    )
    assert "34 % were late" in letter.body


def test_only_the_first_ten_figures_are_in_the_letter() -> None:
    letter = notice(FindingMade(replace(DROP, figures=MOVED * 4), 1))
    assert "6 more in treadle drift." in " ".join(letter.body.split())
    assert letter.body.count("dest psi") == 2


def test_only_the_first_ten_bad_cells_are_in_the_letter() -> None:
    many = tuple(Reject(line, "distance", "far", "a number") for line in range(2, 52))
    letter = notice(RunRejected("flights", RUN, "data", "data_rejected", "bad", "f.csv", 50, many))
    assert letter.body.count("a number") == 10
    assert "Bad rows: 50 in f.csv." in letter.body


@pytest.mark.parametrize("name", HAPPENINGS)
def test_paragraphs_are_parted_by_one_empty_line(name: str) -> None:
    body = notice(HAPPENINGS[name]).body
    assert "\n\n\n" not in body
    assert body.endswith("\n")
    assert not body.startswith("\n")


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=300))
def test_whatever_a_cell_or_a_file_name_holds_the_letter_keeps_its_form(one: str, two: str, three: str) -> None:
    rejected = RunRejected(
        "flights", RUN, "data", "data_rejected", one, two, 1, (Reject(2, one, two, three),), (three,)
    )
    drop = replace(DROP, figures=(replace(MOVED[0], subject=one, statistic=two),), detail=three)
    for letter in (notice(rejected), notice(StrayUpload("data", one, 1, AT, two)), notice(FindingMade(drop, 1))):
        assert len(letter.subject) < 100
        assert len(letter.brief) <= 160
        assert letter.subject.isprintable()
        assert letter.brief.isprintable()
        assert all(len(line) <= 72 and line.isprintable() for line in letter.body.split("\n"))


def test_a_line_break_in_a_file_name_starts_no_header_of_its_own() -> None:
    letter = notice(StrayUpload("data", "a\r\nBcc: all@example.com", 1, AT, "no such model"))
    assert letter.subject == "Stray upload: a Bcc: all@example.com"
