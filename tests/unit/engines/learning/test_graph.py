"""The feature graph and its twin in numpy give the same bits."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
import pytest
from numpy.typing import NDArray
from scipy import sparse

from shared.domain.signature import Signature
from shared.domain.spec import Spec
from shared.engines.learning.discovery import discover
from shared.engines.learning.features import Encoding, Features
from shared.engines.learning.graph import feature_graph
from shared.engines.learning.matrix import matrix
from shared.engines.learning.signing import signature
from shared.engines.learning.table import training_rows
from shared.engines.scoring import Batch, encode, stored
from tests.unit.engines.learning.datasets import Row, data_section, flights, model_spec, write

EDGES: list[Row] = [
    {"time_hour": "2013-03-10T06:59:59Z", "carrier": "ZZ", "seats": 900, "distance": -5.5, "late": 1.0},
    {"time_hour": "2013-03-10T07:00:00Z", "carrier": "AA", "seats": None, "distance": None, "late": 0.0},
    {"time_hour": "1951-07-01T23:59:59Z", "carrier": None, "seats": 1, "distance": 1e30, "late": 1.0},
    {"time_hour": "0001-01-01T00:00:00Z", "carrier": "UA", "seats": 3, "distance": 0.1, "late": 0.0},
]


def columns(**changed: Mapping[str, Any]) -> dict[str, Any]:
    section = data_section()
    return section | {"columns": section["columns"] | changed}


POLICIES = {
    "as it is": data_section(),
    "the most frequent": columns(
        carrier={"type": "category", "missing": "mode", "unseen": "mode"},
        seats={"type": "integer", "missing": "mode"},
        distance={"type": "number", "min": 0, "max": 2000, "missing": "mode", "outside": "median"},
    ),
    "a value": columns(
        carrier={"type": "category", "missing": {"value": "none"}, "unseen": {"value": "other"}},
        seats={"type": "integer", "missing": {"value": 180}},
        distance={"type": "number", "min": 0, "missing": {"value": 0.1}, "outside": {"value": 7.3}},
    ),
    "refused": columns(
        carrier={"type": "category"},
        seats={"type": "integer"},
        distance={"type": "number", "missing": "keep", "max": 50},
    ),
    "time that may be missing": columns(time_hour={"type": "timestamp", "missing": "keep"}),
    "no summer time": data_section() | {"time": {"column": "time_hour", "zone": "Asia/Tokyo"}},
}


def from_the_graph(features: Features, signed: Signature, batch: Batch) -> NDArray[np.float32]:
    model = feature_graph(features, signed.features)
    model.ir_version = 8
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    answer: NDArray[np.float32] = session.run(None, dict(batch))[0]
    return answer


def from_the_twin(made: NDArray[np.float64] | sparse.csr_array) -> NDArray[np.float64]:
    return made.toarray() if isinstance(made, sparse.csr_array) else made


@pytest.mark.parametrize("encoding", list(Encoding))
@pytest.mark.parametrize("policy", list(POLICIES))
def test_graph_and_twin_agree_to_the_bit(tmp_path: Path, policy: str, encoding: Encoding) -> None:
    spec = model_spec(data=POLICIES[policy])
    learned = training_rows(write(flights(400), spec, tmp_path / "learned", train=1.0), spec)
    features = discover(learned, spec, encoding)
    signed = signature(spec, learned, features, np.linspace(0, 1, 400))
    dataset = write([*flights(200, seed=2), *EDGES], spec, tmp_path / "seen", train=1.0)
    seen = training_rows(dataset, spec)
    twin = from_the_twin(matrix(seen, features))
    graph = from_the_graph(features, signed, stored(dataset, signed, seen.rows))
    assert np.array_equal(graph.astype(np.float64), twin, equal_nan=True)
    assert graph.shape == (204, features.width)


def test_rows_from_a_caller_and_rows_from_a_dataset_give_the_same_batch(tmp_path: Path) -> None:
    spec = model_spec()
    rows = [*flights(50), EDGES[1]]
    dataset = write(rows, spec, tmp_path / "dataset", train=1.0)
    learned = training_rows(dataset, spec)
    signed = signature(spec, learned, discover(learned, spec, Encoding.GAPS), np.linspace(0, 1, 51))
    sent = encode([{name: cell for name, cell in row.items() if name != "late"} for row in rows], signed)
    kept = stored(dataset, signed, np.arange(51))
    assert sent.keys() == kept.keys()
    for name in sent:
        assert sent[name].dtype == kept[name].dtype
        assert np.array_equal(sent[name], kept[name], equal_nan=sent[name].dtype == np.float32)


def small_features(tmp_path: Path, spec: Spec, encoding: Encoding) -> Features:
    return discover(training_rows(write(flights(300), spec, tmp_path / "dataset"), spec), spec, encoding)


def test_only_values_of_training_rows_are_known(tmp_path: Path) -> None:
    spec = model_spec()
    rows = [row | {"carrier": "AA"} for row in flights(8)] + [row | {"carrier": "UA"} for row in flights(2)]
    features = discover(training_rows(write(rows, spec, tmp_path / "dataset"), spec), spec, Encoding.GAPS)
    assert [feature.values for feature in features.coded if hasattr(feature, "values")] == [("AA",)]


def test_a_gap_stays_open_for_trees_that_know_gaps_and_is_flagged_for_the_others(tmp_path: Path) -> None:
    spec = model_spec()
    open_, closed = (small_features(tmp_path / name, spec, Encoding(name)) for name in ("gaps", "codes"))
    assert [np.isnan(quantity.fill) for quantity in open_.quantities] == [True, False]
    assert [quantity.column for quantity in open_.flags] == []
    assert [quantity.column for quantity in closed.flags] == ["seats"]


def test_a_linear_model_sees_numbers_centred_and_scaled(tmp_path: Path) -> None:
    spec = model_spec()
    learned = training_rows(write(flights(300), spec, tmp_path / "dataset"), spec)
    made = from_the_twin(matrix(learned, discover(learned, spec, Encoding.ONE_HOT)))
    numbers = made[:, -3:-1]
    assert numbers.mean(axis=0) == pytest.approx([0, 0], abs=1e-6)
    assert numbers.std(axis=0) == pytest.approx([1, 1], abs=1e-6)
