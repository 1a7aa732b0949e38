"""Specs: reading one as the platform will, before it is sent."""

from shared.documents import spec as document
from shared.domain.errors import Error, SpecRefused
from shared.domain.spec import Spec
from treadle.errors import Cell, Misused


def read(text: str, file: str) -> Spec:
    """The spec that a text says; raises Misused with every problem: line, field, got, expected, fix."""
    try:
        return document.read(text, file)
    except SpecRefused as refused:
        raise misused(refused, f"mend it, then treadle check {file}") from None


def misused(error: Error, fix: str = "") -> Misused:
    """An error of the domain as what a command ends in."""
    cells = (Cell(each.pointer, each.detail, each.got, each.expected, each.fix, each.line) for each in error.problems)
    return Misused(error.detail, fix, *cells)
