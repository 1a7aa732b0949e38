"""Pages are held to what they describe: every command and option, every state, and no word that we do not use."""

import re
from collections.abc import Iterator
from pathlib import Path

import typer

from shared.domain.execution import NAMED, UNNAMED
from shared.domain.run import RunStatus
from shared.domain.stage import TRANSITIONS
from tests.architecture.tree import ROOT
from treadle.app import build
from treadle.words import MODES

DOCS = ROOT / "docs"
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
DECIDED = ("cancelled", "overtaken", "superseded", "promoted", "reproduced")
"""Reasons of ends that no state of the machine names."""


def _rows(page: Path, cells: int) -> Iterator[list[str]]:
    """The rows of the page's tables that have so many cells."""
    for line in page.read_text().splitlines():
        row = [cell.strip().strip("`") for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(row) == cells and not set(row[0]) <= {"-"}:
            yield row


def _options() -> Iterator[tuple[str, set[str]]]:
    """Every command with its options."""
    whole = typer.main.get_command(build())
    for name, command in whole.commands.items():  # type: ignore[attr-defined]  # it is a group
        for verb, leaf in getattr(command, "commands", {"": command}).items():
            said = {option for each in leaf.params for option in each.opts if option.startswith("--")}
            yield f"{name} {verb}".strip(), said - {"--help"}


def test_the_page_of_commands_has_every_command_and_every_option() -> None:
    page = (DOCS / "commands.md").read_text()
    missing = [name for name, _ in _options() if f"`{name}" not in page]
    missing += [f"{name} {option}" for name, options in _options() for option in options if f"`{option}" not in page]
    assert missing + [switch for switch in MODES if f"`{switch}`" not in page] == []


def test_the_page_of_states_has_every_status_of_a_run() -> None:
    said = {row[0] for row in _rows(DOCS / "lifecycle.md", 2)}
    assert set(RunStatus) - said == set()


def test_the_page_of_states_has_every_reason_of_a_run_with_its_status() -> None:
    codes = {code: str(status) for code, status in NAMED.items()}
    codes |= {reason.code: str(status) for status, reason in UNNAMED.values()}
    said = {row[0]: row[1] for row in _rows(DOCS / "lifecycle.md", 3) if row[1] in set(RunStatus)}
    assert {code: said.get(code) for code in codes} == codes
    assert set(said) - codes.keys() == set(DECIDED)


def test_the_page_of_states_has_every_way_from_stage_to_stage() -> None:
    said = {tuple(row) for row in _rows(DOCS / "lifecycle.md", 3)}
    assert {(str(stage), str(verb), str(to)) for (stage, verb), to in TRANSITIONS.items()} - said == set()


def _unsaid() -> set[str]:
    """The words that the glossary says we do not use."""
    cells = (row[2] for row in _rows(DOCS / "words.md", 3) if row[2] != "we do not say")
    return {word.strip() for cell in cells for word in cell.split(",") if word.strip()}


def test_no_page_says_a_word_that_we_do_not_use() -> None:
    unsaid = re.compile(rf"\b({'|'.join(map(re.escape, sorted(_unsaid())))})\b", re.IGNORECASE)
    pages = [ROOT / "README.md", *(page for page in DOCS.glob("**/*.md") if page.name != "words.md")]
    found = {
        f"{page.relative_to(ROOT)}: {word}"
        for page in pages
        for word in unsaid.findall(FENCE.sub("", page.read_text()))
    }
    assert found == set()


def test_the_glossary_has_words_that_we_do_not_use() -> None:
    assert {"pipeline", "job", "experiment", "ground truth"} <= _unsaid()
