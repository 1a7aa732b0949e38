"""The winner refitted and exported: what serves answers as what was trained."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from shared.domain.spec import Spec
from shared.domain.trial import Candidate, Rung
from shared.engines.learning import Fitted, refit, trial
from shared.engines.scoring import Scorer, encode, golden_gap, parity, stored
from tests.unit.engines.learning.datasets import Row, data_section, flights, model_spec, write

BINARY = ["LogisticRegression", "HistGradientBoostingClassifier", "RandomForestClassifier", "ExtraTreesClassifier"]
REGRESSION = ["Ridge", "HistGradientBoostingRegressor", "RandomForestRegressor", "ExtraTreesRegressor"]
FORESTS = [family for family in [*BINARY, *REGRESSION] if "Forest" in family or "ExtraTrees" in family]
BOOSTINGS = [family for family in [*BINARY, *REGRESSION] if family.startswith("Hist")]
SMALL = {family: {"n_estimators": 12} for family in FORESTS} | {family: {"max_iter": 20} for family in BOOSTINGS}


def by_carrier(rows: list[dict[str, Any]]) -> list[Row]:
    """The same flights with three outcomes, of which the third is rare."""
    return [
        row | {"late": "early" if row["carrier"] == "WN" else ("late" if row["late"] else "on time")} for row in rows
    ]


def in_minutes(rows: list[dict[str, Any]]) -> list[Row]:
    return [row | {"late": 40.0 * row["late"] + (row["distance"] or 0) / 50 - 20} for row in rows]


def learned(dataset: Path, spec: Spec, family: str, into: Path) -> Fitted:
    into.mkdir()
    winner = Candidate(0, family, SMALL.get(family, {}))
    return refit(dataset, spec, winner, trial(dataset, spec, winner, Rung(1, 1.0, 1)).out_of_fold, into)


def scorer(fitted: Fitted, into: Path) -> Scorer:
    return Scorer((into / "model.onnx").read_bytes(), fitted.signature)


def gap(fitted: Fitted, dataset: Path, into: Path) -> float:
    batch = stored(dataset, fitted.signature, np.load(into / "parity_rows.npy"))
    return parity(scorer(fitted, into), batch, np.load(into / "parity_answers.npy"))


@pytest.mark.parametrize("family", BINARY)
def test_an_exported_classifier_answers_as_the_fitted_one(tmp_path: Path, family: str) -> None:
    spec = model_spec()
    dataset, into = write(flights(900), spec, tmp_path / "dataset"), tmp_path / "out"
    fitted = learned(dataset, spec, family, into)
    assert gap(fitted, dataset, into) < 1e-6
    assert golden_gap(scorer(fitted, into), fitted.golden) < 1e-6


@pytest.mark.parametrize("family", BINARY)
def test_an_exported_classifier_of_three_classes_answers_as_the_fitted_one(tmp_path: Path, family: str) -> None:
    spec = model_spec(task="multiclass", metric="log_loss", data=data_section())
    rows = by_carrier(flights(900))
    dataset, into = write(rows, spec, tmp_path / "dataset"), tmp_path / "out"
    fitted = learned(dataset, spec, family, into)
    answers = scorer(fitted, into).score(stored(dataset, fitted.signature, np.arange(900)))
    assert gap(fitted, dataset, into) < 1e-6
    assert fitted.signature.output.classes == ("early", "late", "on time")
    assert answers.shape == (900, 3)
    assert answers.sum(axis=1) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("family", REGRESSION)
def test_an_exported_regressor_answers_as_the_fitted_one(tmp_path: Path, family: str) -> None:
    spec = model_spec(task="regression", metric="rmse")
    dataset, into = write(in_minutes(flights(900)), spec, tmp_path / "dataset"), tmp_path / "out"
    fitted = learned(dataset, spec, family, into)
    assert gap(fitted, dataset, into) < 1e-5
    assert golden_gap(scorer(fitted, into), fitted.golden) < 1e-5
    assert 0 < fitted.out_of_fold < 30


def test_a_class_that_only_test_rows_have_gets_a_column_of_zeros(tmp_path: Path) -> None:
    spec = model_spec(task="multiclass", metric="log_loss")
    rows = [row | {"late": "cancelled" if place >= 480 else str(row["late"])} for place, row in enumerate(flights(600))]
    dataset, into = write(rows, spec, tmp_path / "dataset"), tmp_path / "out"
    fitted = learned(dataset, spec, "HistGradientBoostingClassifier", into)
    answers = scorer(fitted, into).score(stored(dataset, fitted.signature, np.arange(600)))
    assert fitted.signature.output.classes == ("0.0", "1.0", "cancelled")
    assert (answers[:, 2] == 0).all()
    assert gap(fitted, dataset, into) < 1e-6


@pytest.mark.parametrize("family", ["HistGradientBoostingClassifier", "RandomForestClassifier"])
def test_neighbouring_numbers_stay_on_their_own_sides_of_a_cut(tmp_path: Path, family: str) -> None:
    spec = model_spec()
    one = np.float32(1000)
    neighbours = [float(one), float(np.nextafter(one, np.float32(2000)))]
    rows = [row | {"distance": neighbours[int(row["late"])]} for row in flights(400)]
    dataset, into = write(rows, spec, tmp_path / "dataset"), tmp_path / "out"
    fitted = learned(dataset, spec, family, into)
    assert gap(fitted, dataset, into) < 1e-6
    assert fitted.out_of_fold > 0.95


def test_the_same_winner_on_the_same_data_gives_the_same_bytes(tmp_path: Path) -> None:
    spec = model_spec()
    dataset = write(flights(500), spec, tmp_path / "dataset")
    for family in BINARY:
        first, second = tmp_path / f"{family}-1", tmp_path / f"{family}-2"
        assert learned(dataset, spec, family, first) == learned(dataset, spec, family, second)
        assert (first / "model.onnx").read_bytes() == (second / "model.onnx").read_bytes()


def test_the_threshold_follows_the_costs(tmp_path: Path) -> None:
    thresholds = []
    for cost in (1, 10):
        spec = model_spec(evaluate={"threshold": {"cost": {"false_positive": 1, "false_negative": cost}}})
        dataset = write(flights(900), spec, tmp_path / f"dataset-{cost}")
        thresholds.append(
            learned(dataset, spec, "LogisticRegression", tmp_path / f"out-{cost}").signature.output.threshold
        )
    dear, cheap = thresholds
    assert dear is not None
    assert cheap is not None
    assert cheap < 0.2 < dear


def test_a_fixed_threshold_is_taken_as_it_is(tmp_path: Path) -> None:
    spec = model_spec(evaluate={"threshold": {"value": 0.25}})
    fitted = learned(write(flights(300), spec, tmp_path / "dataset"), spec, "LogisticRegression", tmp_path / "out")
    assert fitted.signature.output.threshold == 0.25


def test_the_signature_names_every_column_and_marks_those_that_the_artifact_takes(tmp_path: Path) -> None:
    spec = model_spec()
    signed = learned(write(flights(300), spec, tmp_path / "d"), spec, "LogisticRegression", tmp_path / "o").signature
    assert [column.name for column in signed.inputs] == ["time_hour", "flight", "carrier", "seats", "distance"]
    assert [column.name for column in signed.features] == ["time_hour", "carrier", "seats", "distance"]
    assert [sorted(column.refuses) for column in signed.inputs] == [["missing"], [], [], ["outside"], []]


def test_a_column_named_as_the_output_is_taken_too(tmp_path: Path) -> None:
    section = data_section(columns={"probabilities": "number", "value": "number"}, derive={}, time=None)
    spec = model_spec(data=section)
    rows = [
        {"probabilities": row["late"] + index % 3, "value": index, "late": row["late"]}
        for index, row in enumerate(flights(300))
    ]
    dataset, into = write(rows, spec, tmp_path / "dataset"), tmp_path / "out"
    fitted = learned(dataset, spec, "LogisticRegression", into)
    answer = scorer(fitted, into).score(encode([{"probabilities": 1, "value": 2.5}], fitted.signature))
    assert answer.shape == (1,)
    assert gap(fitted, dataset, into) < 1e-6


def test_columns_may_have_the_names_of_parts_of_the_graph(tmp_path: Path) -> None:
    words = ("model", "features", "column", "axis", "label", "variable")
    section = data_section(columns=dict.fromkeys(words, "category") | {"matrix": "number"}, derive={}, time=None)
    spec = model_spec(data=section)
    rows = [row | dict.fromkeys(words, row["carrier"] or "none") | {"matrix": row["late"]} for row in flights(200)]
    dataset, into = write(rows, spec, tmp_path / "dataset"), tmp_path / "out"
    fitted = learned(dataset, spec, "LogisticRegression", into)
    assert gap(fitted, dataset, into) < 1e-6


def test_an_unseen_value_is_answered_like_a_missing_one_when_the_spec_keeps_both(tmp_path: Path) -> None:
    spec = model_spec()
    into = tmp_path / "out"
    fitted = learned(write(flights(900), spec, tmp_path / "dataset"), spec, "HistGradientBoostingClassifier", into)
    plane = {"time_hour": "2013-07-01T10:00:00-04:00", "seats": 180, "distance": 700.5}
    batch = encode([plane | {"carrier": "ZZ"}, plane | {"carrier": None}, plane | {"carrier": "AA"}], fitted.signature)
    unseen, missing, known = scorer(fitted, into).score(batch)
    assert unseen == missing
    assert known > unseen
