"""Specs: reading one as the platform will, before it is sent."""

from shared.documents import spec as document
from shared.domain.errors import Error, Problem, SpecRefused
from shared.domain.spec import Spec
from shared.domain.spec.advice import advice
from treadle.errors import Cell, Misused


def read(text: str, file: str) -> Spec:
    """The spec that a text says; raises Misused with every problem: line, field, got, expected, fix."""
    try:
        return document.read(text, file)
    except SpecRefused as refused:
        raise misused(refused, f"mend it, then treadle check {file}") from None


def misused(error: Error, fix: str = "") -> Misused:
    """An error of the domain as what a command ends in."""
    return Misused(error.detail, fix, *map(_cell, error.problems))


def warnings(spec: Spec) -> tuple[Cell, ...]:
    """What the spec may say, and seldom means."""
    return tuple(map(_cell, advice(spec)))


def _cell(of: Problem) -> Cell:
    return Cell(of.pointer, of.detail, of.got, of.expected, of.fix, of.line)
