"""A card tells what a version is, in one page that stands alone."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from shared.documents.card import CardFacts, card
from tests.unit.documents.facts import RUN, SPEC, first_version, refused_candidate

EMPTY = {"meta", "line", "circle", "polyline"}


class Outline(HTMLParser):
    """Reads a page: its text, its headings, and whether every tag is closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.headings: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember what is open."""
        self.attributes += attrs
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened last, and nothing else."""
        if tag not in EMPTY:
            assert self.open.pop() == tag
            self.text += " " if tag in {"td", "th"} else ""

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        if self.open and self.open[-1] == "h2":
            self.headings.append(data)
        self.text += data


def shown(facts: CardFacts) -> str:
    return " ".join(Outline(card(facts)).text.split())


@pytest.mark.parametrize("facts", [first_version(), refused_candidate()], ids=["first version", "refused candidate"])
def test_the_page_is_well_formed_and_has_every_section(facts: CardFacts) -> None:
    outline = Outline(card(facts))
    assert outline.open == []
    assert outline.headings == [
        "What it is for",
        "Data",
        "Search",
        "Metrics",
        "Gates and verdict",
        "Slices",
        "Calibration",
        "Limits",
        "Lineage",
    ]


def test_the_page_needs_nothing_from_outside_and_runs_nothing() -> None:
    page = card(first_version())
    assert not re.search(r"<script|<link|<img|@import|url\(|https?:", page)
    assert not any(name.startswith("on") or name in {"src", "href"} for name, _ in Outline(page).attributes)


def test_what_people_wrote_is_shown_and_never_run() -> None:
    spec = SPEC.model_copy(update={"about": "<script>alert(1)</script> & more"})
    page = card(replace(first_version(), spec=spec))
    assert "<script>" not in page
    assert "<script>alert(1)</script> & more" in Outline(page).text


def test_the_leading_metric_has_its_interval_and_direction() -> None:
    assert "roc_auc (higher is better)0.6263 95 % sure: 0.6165 to 0.6361" in shown(first_version())


def test_purpose_inputs_data_search_and_lineage_are_told() -> None:
    text = shown(first_version())
    for fact in (
        "Binary model of arr_delay: the answer is yes when it is above 15.",
        "A probability of 0.25 or more becomes a yes.",
        "from 0 · missing: median · outside: clip",
        "dep_hour (hour of time_hour), in America/New_York",
        "80,789: 62,328 to learn from, 15,583 untouched for the test",
        "2013-01-01 10:00 UTC to 2013-04-01 03:00 UTC",
        "23.0% of the rows to learn from",
        "Chosen: HistGradientBoostingClassifier (learning_rate 0.05123, max_leaf_nodes 31)",
        "It has learned nothing of what happened after 2013-03-14 09:00 UTC.",
        "Known too late and never used: dep_delay.",
        "roc_auc, may_lose 0.005: skipped, there is no champion",
        "origin JFK 12 fewer than 500 rows skipped",
        RUN,
    ):
        assert fact in text


def test_a_trial_that_failed_is_counted_but_not_ranked() -> None:
    text = shown(first_version())
    assert "3 trials" in text
    assert "The best 2," in text
    assert text.index("HistGradientBoostingClassifier learning_rate") < text.index("LogisticRegression C 0.1")


def test_a_refused_candidate_has_no_version_and_says_why() -> None:
    text = shown(refused_candidate())
    assert "flights refused candidate" in text
    assert "roc_auc loses more than 0.005 to version 1: -0.0170 (-0.0200 to -0.0140)" in text
    assert "Against version 1" in text


def test_a_model_that_gives_no_probabilities_has_no_calibration() -> None:
    facts = first_version()
    page = card(replace(facts, scores=replace(facts.scores, calibration=None)))
    assert "Calibration" not in Outline(page).headings


def test_a_version_judged_without_slices_shows_none() -> None:
    facts = first_version()
    page = card(replace(facts, verdict=replace(facts.verdict, slices=())))
    assert "Slices" not in Outline(page).headings


def test_the_same_facts_give_the_same_page() -> None:
    assert card(first_version()) == card(first_version())
