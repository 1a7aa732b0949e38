"""Batch: rows as the artifact takes them, one array a feature column."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shared.domain.spec.data import ColumnType

Batch = dict[str, NDArray[Any]]
"""Column → (n, 1): category → str objects ("" = missing), number → float32 (NaN), timestamp → int64 (NO_TIME)."""

_TYPES: dict[ColumnType, type[np.generic]] = {
    ColumnType.CATEGORY: np.object_,
    ColumnType.INTEGER: np.float32,
    ColumnType.NUMBER: np.float32,
    ColumnType.TIMESTAMP: np.int64,
}


def tensor_of(cells: Sequence[object] | NDArray[Any], type_: ColumnType) -> NDArray[Any]:
    """(n,) cells of one column → (n, 1) in the type that the artifact takes: the one place where float64 is cast."""
    return np.asarray(cells, dtype=_TYPES[type_]).reshape(-1, 1)
