"""Difference: what changes for the callers of one version who go over to another."""

import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from shared.domain.signature import Input, Output, Signature

T = TypeVar("T")

SAID = 99
"""Characters of a value that are shown; the whole of it is compared."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One aspect of an input, or of the prediction, that was otherwise."""

    name: str
    aspect: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Inputs that are new, gone or other than they were, and what is other about the prediction.

    The threshold is left out: it moves with every training, and no caller's program knows it.
    """

    added: tuple[Input, ...] = ()
    removed: tuple[Input, ...] = ()
    changed: tuple[Changed, ...] = ()
    output: tuple[Changed, ...] = ()

    @property
    def none(self) -> bool:
        """Whether the same rows get the same kind of answer."""
        return not (self.added or self.removed or self.changed or self.output)


def difference(before: Signature, after: Signature) -> Difference:
    """From one signature to another; the order of inputs is no difference, since callers send them by name."""
    old, new = ({column.name: column for column in each.inputs} for each in (before, after))
    return Difference(
        added=tuple(column for name, column in new.items() if name not in old),
        removed=tuple(column for name, column in old.items() if name not in new),
        changed=tuple(
            change
            for name, column in new.items()
            if name in old
            for change in _compared(name, _aspects(INPUT, old[name]), _aspects(INPUT, column))
        ),
        output=tuple(_compared("prediction", _aspects(OUTPUT, before.output), _aspects(OUTPUT, after.output))),
    )


def _values(column: Input) -> str:
    return f"one of {len(column.values)}: {', '.join(column.values)}" if "unseen" in column.refuses else "any"


def _range(column: Input) -> str:
    ends = [f"{word} {end:g}" for word, end in (("from", column.min), ("to", column.max)) if end is not None]
    return " ".join(ends) if ends and "outside" in column.refuses else "any"


INPUT: Mapping[str, Callable[[Input], str]] = {
    "type": lambda column: column.type,
    "sent": lambda column: "in every row" if column.feature else "in the rows that have it",
    "null": lambda column: "refused" if "missing" in column.refuses else "taken",
    "values": _values,
    "range": _range,
}
"""What a caller must know of a column."""

OUTPUT: Mapping[str, Callable[[Output], str]] = {
    "task": lambda output: output.task,
    "column": lambda output: output.column,
    "classes": lambda output: ", ".join(output.classes),
}
"""What a caller must know of the answer."""

Aspects = Mapping[str, str]


def _aspects(table: Mapping[str, Callable[[T], str]], of: T) -> Aspects:
    return {aspect: read(of) for aspect, read in table.items()}


def _compared(name: str, before: Aspects, after: Aspects) -> Iterator[Changed]:
    for aspect, was in before.items():
        if was != after[aspect]:
            yield Changed(name, aspect, _short(was), _short(after[aspect]))


def _short(text: str) -> str:
    return textwrap.shorten(text, SAID, placeholder=" …")
