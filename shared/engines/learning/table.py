"""The training rows of a dataset on disk: what the model's features come from, and the target."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shared.domain.spec import Spec, Task

TRAIN = 0
"""How split.npy marks a training row."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by column as the dataset keeps them: codes, float64, epoch seconds; `rows` are their places in it."""

    columns: Mapping[str, NDArray[Any]]
    target: NDArray[np.float64]
    vocabulary: Mapping[str, tuple[str, ...]]
    rows: NDArray[np.int64]

    def take(self, places: NDArray[np.int64]) -> "Table":
        """These rows of the table (places count within it)."""
        columns = {name: cells[places] for name, cells in self.columns.items()}
        return Table(columns, self.target[places], self.vocabulary, self.rows[places])


def sources(spec: Spec) -> tuple[str, ...]:
    """The columns that the artifact takes, in the spec's order: every feature, and what a feature derives from."""
    return tuple(name for name in spec.data.columns if name in spec.data.learned)


def training_rows(dataset: Path, spec: Spec) -> Table:
    """Every training row of the dataset in this folder; test rows and rows without an outcome are never looked at."""
    rows = np.flatnonzero(np.load(dataset / "split.npy", allow_pickle=False) == TRAIN)
    vocabulary = json.loads((dataset / "vocabulary.json").read_text("utf-8"))
    return Table(
        columns={
            name: np.load(dataset / "columns" / f"{name}.npy", allow_pickle=False)[rows] for name in sources(spec)
        },
        target=np.load(dataset / "target.npy", allow_pickle=False)[rows],
        vocabulary={name: tuple(words) for name, words in vocabulary.items()},
        rows=rows,
    )


def classes(table: Table, spec: Spec) -> tuple[str, ...]:
    """The words that the target's codes stand for: code j is the j-th. None for a number."""
    if spec.task is Task.MULTICLASS:
        return table.vocabulary[spec.data.target.column]
    return ("false", "true") if spec.task is Task.BINARY else ()
