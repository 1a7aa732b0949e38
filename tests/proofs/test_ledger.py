"""Ledger: the page says what the targets found, and nothing else."""

from datetime import date
from pathlib import Path

import pytest

from tests.proofs import ledger
from tests.proofs.claims import CLAIMS
from tests.proofs.ledger import Entry, Result

FOUND = Result("mutants", "make mutants SEED=1", "1–50", {"mutants": "31", "killed": "31"}, 212.4)


@pytest.fixture
def of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger and a page of this test's own; nobody asks for publishing."""
    monkeypatch.setattr(ledger, "KEPT", tmp_path / "reliability.json")
    monkeypatch.setattr(ledger, "PAGE", tmp_path / "RELIABILITY.md")
    monkeypatch.delenv("PUBLISH", raising=False)
    return tmp_path


def test_the_page_is_what_the_ledger_makes() -> None:
    assert ledger.PAGE.read_text(encoding="utf-8") == ledger.page(ledger.kept())


def test_a_run_only_prints_unless_it_is_to_be_published(of_its_own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger.publish(FOUND)
    assert capsys.readouterr().out == "make mutants SEED=1: mutants: 31, killed: 31; seeds 1–50; 3 min 32 s\n"
    assert list(of_its_own.iterdir()) == []


def test_a_published_run_replaces_what_its_target_found_before(
    of_its_own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLISH", "1")
    ledger.publish(Result("mutants", "make mutants SEED=9", "9–58", {"mutants": "30"}, 9))
    ledger.publish(Result("events", "make events", "1", {"uploads": "1,000"}, 40))
    ledger.publish(FOUND)
    assert {target: entry.result for target, entry in ledger.kept().items()} == {
        "mutants": FOUND,
        "events": Result("events", "make events", "1", {"uploads": "1,000"}, 40),
    }
    page = (of_its_own / "RELIABILITY.md").read_text()
    assert ("| `make mutants SEED=1` | 1–50 | mutants: 31, killed: 31 |" in page, "SEED=9" in page) == (True, False)


def test_a_claim_that_no_run_backs_says_so() -> None:
    assert ledger.page({}).count("| not published yet |") == len(CLAIMS)
    entry = Entry(FOUND, date(2026, 11, 24), 2, "3.11.2")
    assert ledger.page({"mutants": entry}).count("| not published yet |") == len(CLAIMS) - 1


def test_a_target_without_a_claim_is_refused(of_its_own: Path) -> None:
    with pytest.raises(ValueError, match="has no claim for wishes: add one"):
        ledger.publish(Result("wishes", "make wishes", "1", {}, 1))


@pytest.mark.parametrize(("seconds", "said"), [(12.2, "12 s"), (212.4, "3 min 32 s"), (3900, "1 h 5 min")])
def test_a_duration_is_said_as_people_say_it(seconds: float, said: str) -> None:
    assert ledger.duration(seconds) == said
