"""Signature: what a version takes and gives; the contract between its artifact and its callers."""

from dataclasses import dataclass
from typing import Literal

from shared.domain.spec import Task
from shared.domain.spec.data import ColumnType

NO_TIME = -(2**63)
"""How a missing timestamp is written among epoch seconds."""

TENSORS = {Task.BINARY: "probabilities", Task.MULTICLASS: "probabilities", Task.REGRESSION: "value"}
"""The name of an artifact's one output, by task: (n, classes) or (n, 1), float32."""


def tensor(column: str) -> str:
    """The name of a column's tensor in the artifact: its own, unless that is an output's."""
    return f"column/{column}" if column in TENSORS.values() else column


@dataclass(frozen=True, slots=True)
class Input:
    """One column that a caller sends.

    `feature`: the artifact takes it, so every row must have it; any other may be sent or left out. `refuses` holds
    the policies that are `reject`: missing, unseen, outside. `values` is what an unseen value is measured by.
    `private`: how it is captured; without it, as it came.
    """

    name: str
    type: ColumnType
    feature: bool
    refuses: frozenset[str] = frozenset()
    values: tuple[str, ...] = ()
    min: float | None = None
    max: float | None = None
    private: Literal["hash", "omit"] | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """What comes back. Binary: classes are (negative, positive) and threshold turns a probability into one."""

    task: Task
    column: str
    classes: tuple[str, ...] = ()
    threshold: float | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """Inputs in the order of the artifact, and the output."""

    inputs: tuple[Input, ...]
    output: Output

    @property
    def features(self) -> tuple[Input, ...]:
        """The inputs that the artifact takes, in its order."""
        return tuple(column for column in self.inputs if column.feature)

    @property
    def private(self) -> tuple[tuple[str, str], ...]:
        """The columns that are not captured as they came, each with how."""
        return tuple((column.name, column.private) for column in self.inputs if column.private)
