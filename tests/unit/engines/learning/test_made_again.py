"""An artifact that is made again by another process comes out the same to the byte, whatever the process is like."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from shared.engines.learning import made_with
from tests.unit.engines.learning.datasets import flights, model_spec, write

SMALL = {
    "LogisticRegression": {"C": 0.5},
    "HistGradientBoostingClassifier": {"max_iter": 20},
    "RandomForestClassifier": {"n_estimators": 12},
    "ExtraTreesClassifier": {"n_estimators": 12},
}
ALONE = """
import hashlib, json, sys
from pathlib import Path
from shared.domain.trial import Candidate, Rung
from shared.engines.learning import refit, trial
from tests.unit.engines.learning.datasets import model_spec
dataset, into = Path(sys.argv[1]), Path(sys.argv[2])
made = {}
for family, parameters in json.loads(sys.argv[3]).items():
    winner = Candidate(0, family, parameters)
    tried = trial(dataset, model_spec(), winner, Rung(1, 1.0, 1))
    fitted = refit(dataset, model_spec(), winner, tried.out_of_fold, into)
    made[family] = [hashlib.sha256((into / "model.onnx").read_bytes()).hexdigest(), repr(fitted.golden)]
print(json.dumps(made))
"""
"""Each family fitted, exported and hashed in a process of its own."""


def made(dataset: Path, into: Path, **environment: str) -> dict[str, list[str]]:
    """Family → hash of the artifact and its golden rows, by a process with this environment."""
    into.mkdir()
    given = os.environ | {"PYTHONPATH": str(Path.cwd()), "PYTHONWARNINGS": ""} | environment
    command = [sys.executable, "-c", ALONE, str(dataset), str(into), json.dumps(SMALL)]
    finished = subprocess.run(command, capture_output=True, text=True, env=given, check=False)
    assert finished.returncode == 0, finished.stderr
    read: dict[str, list[str]] = json.loads(finished.stdout)
    return read


def test_processes_that_hash_and_share_work_differently_make_the_same_bytes(tmp_path: Path) -> None:
    dataset = write(flights(900), model_spec(), tmp_path / "dataset")
    alone = made(dataset, tmp_path / "one", PYTHONHASHSEED="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", TZ="UTC")
    shared = made(
        dataset, tmp_path / "two", PYTHONHASHSEED="7", OMP_NUM_THREADS="2", OPENBLAS_NUM_THREADS="2", TZ="Asia/Tokyo"
    )
    assert set(alone) == set(SMALL)
    assert alone == shared


@pytest.mark.parametrize("name", ["python", "machine", "numpy", "scipy", "scikit-learn", "skl2onnx", "onnx"])
def test_what_an_artifact_is_made_with_is_told(name: str) -> None:
    assert made_with()[name]
