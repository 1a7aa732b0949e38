"""A dataset's arrays → the same batch that the same rows would give as JSON."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shared.domain.signature import Signature
from shared.domain.spec.data import ColumnType
from shared.engines.scoring.batch import Batch, tensor_of


def decode(
    columns: Mapping[str, NDArray[Any]], vocabulary: Mapping[str, tuple[str, ...]], signature: Signature
) -> Batch:
    """(n,) arrays as a dataset keeps them → a batch. Codes become the words that a caller sends, -1 the empty one."""
    return {
        column.name: tensor_of(_words(columns[column.name], vocabulary[column.name]), column.type)
        if column.type is ColumnType.CATEGORY
        else tensor_of(columns[column.name], column.type)
        for column in signature.features
    }


def stored(dataset: Path, signature: Signature, rows: NDArray[Any]) -> Batch:
    """These rows (indices or a mask) of the dataset in this folder, as a batch."""
    vocabulary = json.loads((dataset / "vocabulary.json").read_text("utf-8"))
    columns = {
        column.name: np.load(dataset / "columns" / f"{column.name}.npy", allow_pickle=False)[rows]
        for column in signature.features
    }
    return decode(columns, vocabulary, signature)


def _words(codes: NDArray[np.int32], vocabulary: tuple[str, ...]) -> NDArray[np.object_]:
    return np.array([*vocabulary, ""], dtype=np.object_)[codes]
