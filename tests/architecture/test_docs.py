"""Documents are held to the code: a heading a section, links that lead somewhere, one meaning a word."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import ROOT

LINK = re.compile(r"\]\((?!https?://|mailto:)([^)#\s]+)?(?:#([^)\s]+))?\)")
HEADING = re.compile(r"^#{1,6} +(.+?)\s*$", re.MULTILINE)
LIFE = ("Upload", "Dataset", "Split", "Trial", "Artifact", "Scores", "Verdict", "Version", "Serving", "Prediction")


def _documents() -> Iterator[Path]:
    yield from (path for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")))


def _anchor(heading: str) -> str:
    """The anchor that a heading gets when it is shown on a forge."""
    plain = re.sub(r"[`*]|\[([^]]*)\]\([^)]*\)", r"\1", heading)
    return re.sub(r"[^\w\- ]", "", plain.lower()).strip().replace(" ", "-")


def _headings(path: Path) -> list[str]:
    return HEADING.findall(re.sub(r"```.*?```", "", path.read_text(), flags=re.DOTALL))


def test_every_link_leads_somewhere() -> None:
    broken = [
        f"{path.relative_to(ROOT)}: {target or ''}#{anchor or ''}"
        for path in _documents()
        for target, anchor in LINK.findall(path.read_text())
        if not _leads(path, target, anchor)
    ]
    assert broken == []


def _leads(path: Path, target: str, anchor: str) -> bool:
    page = (path.parent / target).resolve() if target else path
    if not page.exists():
        return False
    return not anchor or page.suffix != ".md" or anchor in map(_anchor, _headings(page))


def test_every_section_of_the_spec_has_one_heading() -> None:
    for page in ROOT.glob("docs/spec.md"):
        headings = [heading.strip("`").lower() for heading in _headings(page)]
        sections = [
            path.stem for path in ROOT.glob("shared/domain/spec/*.py") if f'"""Section {path.stem}' in path.read_text()
        ]
        assert {name: headings.count(name) for name in sections} == dict.fromkeys(sections, 1)


def test_every_noun_of_the_line_of_life_has_its_word() -> None:
    for page in ROOT.glob("docs/words.md"):
        text = page.read_text()
        assert [noun for noun in LIFE if not re.search(rf"\b{noun}\b", text, re.IGNORECASE)] == []


def test_every_make_target_that_a_page_names_exists() -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {
        f"{path.relative_to(ROOT)}: make {target}"
        for path in _documents()
        for target in re.findall(r"`make ([a-z][a-z-]*)", path.read_text())
        if target not in targets
    }
    assert named == set()
