"""The page of bad input is held to the tests that it names."""

import re

from tests.architecture.tree import ROOT, functions

PAGE = ROOT / "docs/bad-input.md"
ROW = re.compile(r"^\|(?! *(?:input|-+) *\|).*\|$", re.MULTILINE)
NAMED = re.compile(r"`(test_\w+)`")
HEARD = ("Callers", "Captured lines", "Watching", "Rollout", "Retiring", "Notices", "Uploads and retraining")


def test_every_test_that_the_page_names_exists() -> None:
    there = {node.name for _, node in functions("tests")}
    assert sorted(set(NAMED.findall(PAGE.read_text())) - there) == []


def test_every_input_has_an_outcome_and_a_test() -> None:
    rows = ROW.findall(PAGE.read_text().replace("|---|---|---|", ""))
    bare = [row for row in rows if not all(map(str.strip, row.strip("|").split("|"))) or not NAMED.search(row)]
    assert (bare, len(rows) > 50) == ([], True)


def test_everything_that_hears_of_input_has_its_table() -> None:
    assert tuple(re.findall(r"^## (.+)$", PAGE.read_text(), re.MULTILINE)) == HEARD
