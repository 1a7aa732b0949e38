"""Replaying: what was captured, answered once more, whatever is wrong with the rows or the version."""

import numpy as np
import pytest

from shared.engines import scoring
from shared.ports.artifacts import load
from tests.unit.lifecycle.artifacts import Store


def scorer(sha256: str, store: Store) -> scoring.Scorer:
    artifact = load(store.objects, sha256)
    return scoring.Scorer(artifact.body, artifact.manifest.signature)


def test_each_row_gets_its_score() -> None:
    store = Store()
    rows = [{"hour": hour} for hour in (0, 5, 10)]
    assert scoring.replayed(rows, scorer(store.binary(), store))[:, 0] == pytest.approx([0, 0.2, 0.4])


def test_there_is_a_score_a_class() -> None:
    store = Store()
    assert scoring.replayed([{"hour": 12}], scorer(store.multiclass(), store)).shape == (1, 3)


def test_a_column_that_was_captured_in_disguise_and_is_no_feature_does_not_matter() -> None:
    store = Store()
    assert np.isfinite(scoring.replayed([{"hour": 3, "note": 17}], scorer(store.binary(), store))).all()


@pytest.mark.parametrize("row", [{}, {"hour": "a9f3"}, {"hour": None}, {"hour": 99}])
def test_a_row_that_the_version_does_not_take_has_no_score_and_the_others_have_theirs(row: dict[str, object]) -> None:
    store = Store()
    scores = scoring.replayed([{"hour": 5}, row, {"hour": 10}], scorer(store.binary(), store))
    assert np.isnan(scores[:, 0]).tolist() == [False, True, False]


def test_a_row_that_gets_no_number_has_no_score() -> None:
    store = Store()
    scores = scoring.replayed([{"hour": hour} for hour in range(24)], scorer(store.undefined(10), store))
    assert np.isnan(scores[:, 0]).sum() == 13


def test_no_rows_have_no_scores() -> None:
    store = Store()
    assert scoring.replayed([], scorer(store.binary(), store)).shape == (0, 1)


def test_a_decision_is_the_class_on_the_callers_side_of_the_threshold() -> None:
    store = Store()
    binary, many = scorer(store.binary(threshold=0.3), store), scorer(store.multiclass(), store)
    rows = [{"hour": hour} for hour in (0, 10, 20)]
    assert scoring.decisions(scoring.replayed(rows, binary), binary).tolist() == [0, 1, 1]
    assert scoring.decisions(scoring.replayed(rows, many), many).tolist() == [0, 0, 2]
