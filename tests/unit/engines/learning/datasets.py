"""Data sets for tests: rows as callers send them, written as the data step writes them."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from shared.domain.signature import NO_TIME
from shared.domain.spec import Spec
from shared.domain.spec.data import ColumnType

Row = Mapping[str, Any]


def model_spec(**sections: Any) -> Spec:
    """A small spec about flights; a section given here is put in the place of the small one."""
    small = {
        "spec": 1,
        "model": "flights",
        "task": "binary",
        "metric": "roc_auc",
        "data": data_section(),
        "train": train_section({"LogisticRegression": {}}),
        "notify": {"owners": ["email:flights@example.com"]},
    }
    return Spec.model_validate(small | sections)


def data_section(**changed: Any) -> dict[str, Any]:
    """Columns of each type that a feature can be made of, and one that is none."""
    columns = {
        "time_hour": "timestamp",
        "flight": {"type": "integer", "feature": False},
        "carrier": {"type": "category", "unseen": "keep", "missing": "keep"},
        "seats": {"type": "integer", "min": 1, "max": 900, "missing": "keep"},
        "distance": {"type": "number", "min": 0, "missing": "median", "outside": "clip"},
    }
    return {
        "time": {"column": "time_hour", "zone": "America/New_York"},
        "target": {"column": "late"},
        "columns": columns,
        "derive": {"dep_hour": {"hour": "time_hour"}, "weekday": {"weekday": "time_hour"}},
    } | changed


def train_section(candidates: Mapping[str, Mapping[str, Any]], **search: Any) -> dict[str, Any]:
    """A search over these candidates."""
    return {"search": {"method": "random", "trials": 4, "folds": 3, "seed": 7} | search, "candidates": candidates}


def flights(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """Rows of which some miss a carrier, seats or a distance; the evening, carrier AA and old planes are late."""
    generator = np.random.default_rng(seed)
    starts = generator.integers(1_356_998_400, 1_388_534_400, count)
    return [_flight(generator, int(start)) for start in starts]


def _flight(generator: np.random.Generator, start: int) -> dict[str, Any]:
    carrier = str(generator.choice(["AA", "B6", "UA", "WN", ""], p=[0.3, 0.3, 0.2, 0.15, 0.05]))
    hour = start // 3600 % 24
    late = generator.random() < 0.1 + 0.4 * (carrier == "AA") + 0.3 * (hour > 18)
    return {
        "time_hour": datetime.fromtimestamp(start, UTC).isoformat(),
        "carrier": carrier or None,
        "seats": None if generator.random() < 0.1 else int(generator.integers(20, 400)),
        "distance": None if generator.random() < 0.05 else round(float(generator.normal(1000, 600)), 2),
        "late": float(late),
    }


def write(rows: Sequence[Row], spec: Spec, into: Path, train: float = 0.8) -> Path:
    """The rows as a dataset in this folder: the first share of them to train on, the others to test on."""
    (into / "columns").mkdir(parents=True)
    vocabulary: dict[str, list[str]] = {}
    for name, column in spec.data.columns.items():
        cells = [row.get(name) for row in rows]
        if column.type is ColumnType.CATEGORY:
            vocabulary[name] = list(dict.fromkeys(str(cell) for cell in cells if cell))
        np.save(into / "columns" / f"{name}.npy", _array(cells, column.type, vocabulary.get(name, [])))
    np.save(into / "target.npy", _outcomes(rows, spec, vocabulary))
    np.save(into / "split.npy", (np.arange(len(rows)) >= train * len(rows)).astype(np.int8))
    (into / "vocabulary.json").write_text(json.dumps(vocabulary))
    return into


def _outcomes(rows: Sequence[Row], spec: Spec, vocabulary: dict[str, list[str]]) -> Any:
    outcomes = [row[spec.data.target.column] for row in rows]
    if spec.task != "multiclass":
        return np.array(outcomes, np.float64)
    words = vocabulary[spec.data.target.column] = sorted(set(outcomes))
    return np.array([words.index(outcome) for outcome in outcomes], np.float64)


def _array(cells: list[Any], type_: ColumnType, words: list[str]) -> Any:
    if type_ is ColumnType.CATEGORY:
        return np.array([words.index(cell) if cell else -1 for cell in cells], np.int32)
    if type_ is ColumnType.TIMESTAMP:
        return np.array(
            [int(datetime.fromisoformat(cell).timestamp()) if cell else NO_TIME for cell in cells], np.int64
        )
    return np.array([np.nan if cell is None else cell for cell in cells], np.float64)
