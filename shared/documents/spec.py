"""A spec as people write it, read as the `Spec` that Treadle keeps; problems say file, line and field."""

from collections.abc import Iterable
from dataclasses import replace

from shared.documents.plain import Document, parsed
from shared.domain.errors import Problem, SpecRefused
from shared.domain.spec import Spec, resolve
from shared.domain.spec.resolve import MOST


def read(text: str, file: str) -> Spec:
    """The spec that a text in YAML 1.2 or JSON says (≤ 64 KB); raises SpecRefused with all problems and their lines."""
    try:
        document = parsed(text)
    except SpecRefused as refused:
        raise _told(file, refused.problems) from None
    try:
        spec = resolve(document.data)
    except SpecRefused as refused:
        raise _told(file, _placed(document, refused.problems)) from None
    if document.problems:
        raise _told(file, document.problems)
    return spec


def _placed(document: Document, problems: Iterable[Problem]) -> Iterable[Problem]:
    """The text's own problems, and those of its settings that it does not explain, each with its line."""
    known = {problem.pointer for problem in document.problems}
    yield from document.problems
    yield from (replace(each, line=document.line(each.pointer)) for each in problems if each.pointer not in known)


def _told(file: str, problems: Iterable[Problem]) -> SpecRefused:
    """One refusal in the order of the lines, a hundred at most."""
    ordered = sorted(problems, key=lambda problem: problem.line)[:MOST]
    count = "a problem" if len(ordered) == 1 else f"{len(ordered)} problems"
    first = next((problem for problem in ordered if problem.line), ordered[0])
    place = f", in line {first.line}" if first.line else ""
    return SpecRefused(f"{file} has {count}{place}: {first.detail}", *ordered)
