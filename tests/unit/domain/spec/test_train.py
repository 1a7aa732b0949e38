"""Section train: candidates that can be trained and exported, searched over something."""

import pytest

from tests.unit.domain.spec.written import refused


@pytest.mark.parametrize(
    ("where", "value", "fix"),
    [
        ("/train/candidates/LogisticRegresion", {}, "did you mean LogisticRegression?"),
        ("/train/candidates/Ridge", {}, ""),
        ("/train/candidates/LogisticRegression/c", 1, "take it out"),
        ("/train/candidates/LogisticRegression/max_itr", 1, "did you mean max_iter?"),
        ("/train/candidates/LogisticRegression/random_state", 1, "take it out"),
        ("/train/candidates/LogisticRegression/C", 0, ""),
        ("/train/candidates/LogisticRegression/C", True, ""),
        ("/train/candidates/LogisticRegression/max_iter", 1.5, ""),
        ("/train/candidates/LogisticRegression/class_weight", "balancd", ""),
    ],
)
def test_a_candidate_that_cannot_be_trained_is_refused(where: str, value: object, fix: str) -> None:
    assert refused((where, value))[where].fix == fix


@pytest.mark.parametrize(
    ("parameter", "pointer"),
    [
        ({"from": 1, "to": 1}, "from"),
        ({"from": 2, "to": 1}, "from"),
        ({"from": 0, "to": 1, "scale": "log"}, "from"),
        ({"from": 1, "to": 1e99}, "to"),
        ({"from": 1, "to": 2, "scale": "lgo"}, "scale"),
        ({"from": 1}, "to"),
        ([1, 1], "1"),
        ([1, "x"], "1"),
    ],
)
def test_a_range_or_choice_that_leaves_nothing_to_search_is_refused(parameter: object, pointer: str) -> None:
    where = "/train/candidates/LogisticRegression/C"
    assert f"{where}/{pointer}" in refused((where, parameter))


def test_an_empty_choice_is_refused() -> None:
    assert "/train/candidates/LogisticRegression/C" in refused(("/train/candidates/LogisticRegression/C", []))


def test_every_family_gets_a_trial() -> None:
    families = {"LogisticRegression": {}, "ExtraTreesClassifier": {"max_features": ["sqrt", 0.5], "bootstrap": True}}
    assert not refused(("/train/candidates", families), ("/train/search", {"trials": 2}))
    assert list(refused(("/train/candidates", families), ("/train/search", {"trials": 1}))) == ["/train/search/trials"]


def test_a_model_can_be_trained_every_so_often_unasked() -> None:
    assert not refused(("/train/every", "7d"))
    assert "/train/every" in refused(("/train/every", "0s"))
    assert "/train/every" in refused(("/train/every", "weekly"))
