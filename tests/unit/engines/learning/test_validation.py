"""Trials: cross-validated on training rows, never a crash."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from shared.domain.spec import Spec
from shared.domain.trial import Candidate, Rung
from shared.engines.learning import trial
from shared.engines.learning.validation import nested
from shared.statistics.answers import Answers
from shared.statistics.metrics import value
from tests.unit.engines.learning.datasets import flights, model_spec, train_section, write

WHOLE = Rung(1, 1.0, 1)
LINEAR = Candidate(0, "LogisticRegression", {"C": 0.5})
BOOSTING = Candidate(1, "HistGradientBoostingClassifier", {"max_iter": 20})


def dataset(into: Path, spec: Spec, rows: int = 600) -> Path:
    return write(flights(rows), spec, into / "dataset")


@pytest.mark.parametrize("candidate", [LINEAR, BOOSTING])
def test_a_candidate_that_learns_scores_above_chance_on_rows_it_was_not_fitted_on(
    tmp_path: Path, candidate: Candidate
) -> None:
    attempt = trial(dataset(tmp_path, model_spec()), model_spec(), candidate, WHOLE)
    assert 0.65 < attempt.trial.score < 0.85
    assert 0 < attempt.trial.deviation < 0.1
    assert attempt.trial.error == ""


def test_every_training_row_gets_an_out_of_fold_answer_and_no_test_row_does(tmp_path: Path) -> None:
    spec = model_spec()
    folder = dataset(tmp_path, spec)
    attempt = trial(folder, spec, LINEAR, WHOLE)
    truth = np.load(folder / "target.npy")[:480]
    assert attempt.out_of_fold.shape == (480,)
    assert value("roc_auc", Answers(truth, attempt.out_of_fold)) == pytest.approx(attempt.trial.score, abs=0.02)


def test_a_trial_never_looks_at_test_rows(tmp_path: Path) -> None:
    spec = model_spec()
    rows = flights(600)
    one = write(rows, spec, tmp_path / "one")
    other = write([*rows[:480], *flights(120, seed=9)], spec, tmp_path / "other")
    assert trial(one, spec, BOOSTING, WHOLE).trial == trial(other, spec, BOOSTING, WHOLE).trial


def test_the_same_trial_twice_is_equal_to_the_bit(tmp_path: Path) -> None:
    spec = model_spec()
    folder = dataset(tmp_path, spec)
    first, second = (trial(folder, spec, BOOSTING, WHOLE) for _ in range(2))
    assert first.trial == second.trial
    assert np.array_equal(first.out_of_fold, second.out_of_fold)


def test_a_lower_rung_sees_its_share_of_the_rows(tmp_path: Path) -> None:
    attempt = trial(dataset(tmp_path, model_spec()), model_spec(), LINEAR, Rung(1, 1 / 3, 2))
    assert 160 <= attempt.out_of_fold.size <= 162
    assert attempt.trial.rung == 1


def test_shares_are_nested_and_keep_the_classes_in_proportion() -> None:
    target = (np.arange(900) % 9 == 0).astype(np.float64)
    ninth, third, all_rows = (nested(target, model_spec(), share) for share in (1 / 9, 1 / 3, 1.0))
    assert set(ninth) < set(third) < set(all_rows)
    assert (len(ninth), len(third), len(all_rows)) == (101, 301, 900)
    assert target[third].sum() == 34


def test_a_rare_class_is_in_every_share_with_a_row_a_fold() -> None:
    target = np.array([1.0] * 4 + [0.0] * 896)
    assert target[nested(target, model_spec(), 1 / 9)].sum() == 3


def test_another_seed_draws_another_share() -> None:
    target = np.zeros(90)
    one, other = (nested(target, model_spec(train=train_section({}, seed=seed)), 1 / 9) for seed in (1, 2))
    assert set(one) != set(other)


@pytest.mark.parametrize(
    ("parameters", "why"), [({"C": -1.0}, "C"), ({"solver": "none such"}, "solver"), ({"shoes": 3}, "shoes")]
)
def test_a_candidate_that_cannot_be_trained_says_why_and_crashes_nothing(
    tmp_path: Path, parameters: dict[str, float | str], why: str
) -> None:
    attempt = trial(
        dataset(tmp_path, model_spec()), model_spec(), Candidate(0, "LogisticRegression", parameters), WHOLE
    )
    assert why in attempt.trial.error
    assert len(attempt.trial.error) < 100
    assert attempt.out_of_fold.size == 0


ALONE = """
import _multiprocessing, sys
from pathlib import Path
def refuse(*_arguments, **_settings):
    raise OSError(38, "Function not implemented")
_multiprocessing.SemLock = refuse
from shared.domain.trial import Candidate, Rung
from shared.engines.learning import trial
from tests.unit.engines.learning.datasets import model_spec
families = {
    "LogisticRegression": {},
    "HistGradientBoostingClassifier": {"max_iter": 5},
    "RandomForestClassifier": {"n_estimators": 5},
}
for family, parameters in families.items():
    tried = trial(Path(sys.argv[1]), model_spec(), Candidate(0, family, parameters), Rung(1, 1.0, 1)).trial
    assert not tried.error, tried.error
print("trained")
"""


def test_candidates_are_trained_where_no_semaphore_can_be_made(tmp_path: Path) -> None:
    folder = dataset(tmp_path, model_spec())
    environment = os.environ | {"PYTHONPATH": str(Path.cwd()), "OMP_NUM_THREADS": "1"}
    finished = subprocess.run(
        [sys.executable, "-c", ALONE, str(folder)], capture_output=True, text=True, env=environment, check=False
    )
    assert finished.stdout.strip() == "trained", finished.stderr
