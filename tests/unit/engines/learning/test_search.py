"""Which candidates are tried, on which rungs, and who goes on."""

from typing import Any

import pytest

from shared.domain.errors import SearchFailed
from shared.domain.trial import Candidate, Rung, Trial
from shared.engines.learning import candidates, rungs, survivors
from tests.unit.engines.learning.datasets import model_spec, train_section

BOTH: dict[str, dict[str, Any]] = {
    "LogisticRegression": {"C": {"from": 0.001, "to": 10, "scale": "log"}},
    "HistGradientBoostingClassifier": {
        "learning_rate": {"from": 0.02, "to": 0.3, "scale": "log"},
        "max_leaf_nodes": {"from": 15, "to": 127},
    },
}


def tried(index: int, score: float, error: str = "") -> Trial:
    return Trial(Candidate(index, "LogisticRegression"), 1, score, 0.0, error=error)


def test_families_take_turns_until_all_trials_are_given() -> None:
    listed = candidates(model_spec(train=train_section(BOTH, trials=5)))
    boosting, linear = "HistGradientBoostingClassifier", "LogisticRegression"
    assert [candidate.family for candidate in listed] == [boosting, linear, boosting, linear, boosting]
    assert [candidate.index for candidate in listed] == [0, 1, 2, 3, 4]


def test_the_same_spec_gives_the_same_candidates_in_whatever_order_it_is_written() -> None:
    turned = {family: dict(reversed(ranges.items())) for family, ranges in reversed(BOTH.items())}
    assert candidates(model_spec(train=train_section(BOTH))) == candidates(model_spec(train=train_section(turned)))


def test_another_seed_gives_other_candidates() -> None:
    first, second = (candidates(model_spec(train=train_section(BOTH, seed=seed))) for seed in (1, 2))
    assert first != second


def test_a_family_keeps_its_points_when_another_joins() -> None:
    alone = candidates(model_spec(train=train_section({"LogisticRegression": BOTH["LogisticRegression"]}, trials=3)))
    among = candidates(model_spec(train=train_section(BOTH, trials=6)))
    points = [candidate.parameters for candidate in among if candidate.family == "LogisticRegression"]
    assert points == [candidate.parameters for candidate in alone]


def test_every_point_lies_within_its_range_and_integer_ends_give_integers() -> None:
    listed = candidates(model_spec(train=train_section(BOTH, trials=100)))
    boosting = [candidate.parameters for candidate in listed if candidate.family.startswith("Hist")]
    leaves = [parameters["max_leaf_nodes"] for parameters in boosting]
    rates = [parameters["learning_rate"] for parameters in boosting]
    assert len(boosting) == 50
    assert all(isinstance(number, int) and 15 <= number <= 127 for number in leaves)
    assert all(isinstance(rate, float) and 0.02 <= rate <= 0.3 for rate in rates)
    assert any(isinstance(number, int) and number < 20 for number in leaves)
    assert any(isinstance(number, int) and number > 120 for number in leaves)


def test_a_log_scale_spreads_points_over_magnitudes() -> None:
    listed = candidates(model_spec(train=train_section({"LogisticRegression": BOTH["LogisticRegression"]}, trials=40)))
    below = [candidate for candidate in listed if float(candidate.parameters["C"]) < 0.1]
    assert 18 <= len(below) <= 22


def test_a_choice_is_tried_once_a_value_and_a_fixed_value_always() -> None:
    family = {"LogisticRegression": {"C": [0.1, 1.0, 10.0], "fit_intercept": True}}
    listed = candidates(model_spec(train=train_section(family, trials=50)))
    assert sorted(float(candidate.parameters["C"]) for candidate in listed) == [0.1, 1.0, 10.0]
    assert all(candidate.parameters["fit_intercept"] is True for candidate in listed)


def test_a_family_without_a_choice_is_tried_once_and_leaves_its_turns_to_the_others() -> None:
    listed = candidates(
        model_spec(train=train_section({"LogisticRegression": BOTH["LogisticRegression"]} | {"Ridge": {}}))
    )
    assert [candidate.family for candidate in listed] == ["LogisticRegression", "Ridge", *["LogisticRegression"] * 2]


def test_a_random_search_has_one_rung_with_every_row() -> None:
    assert rungs(model_spec(train=train_section(BOTH, trials=12))) == (Rung(1, 1.0, 1),)


def test_halving_climbs_three_rungs_and_a_third_goes_on() -> None:
    spec = model_spec(train=train_section(BOTH, trials=12, method="halving"))
    assert rungs(spec) == (Rung(1, 1 / 9, 4), Rung(2, 1 / 3, 2), Rung(3, 1.0, 1))


@pytest.mark.parametrize(("trials", "keeps"), [(1, [1]), (2, [1, 1]), (3, [1, 1]), (4, [2, 1, 1])])
def test_a_rung_that_could_drop_nobody_is_left_out(trials: int, keeps: list[int]) -> None:
    spec = model_spec(train=train_section(BOTH, trials=trials, method="halving"))
    assert [rung.keep for rung in rungs(spec)] == keeps
    assert rungs(spec)[-1].share == 1.0


def test_the_best_go_on_best_first_and_equals_by_their_index() -> None:
    trials = [tried(0, 0.6), tried(1, 0.7), tried(2, 0.5), tried(3, 0.7)]
    assert survivors(trials, Rung(1, 1 / 9, 3), model_spec()) == (1, 3, 0)


def test_a_metric_that_points_down_prefers_the_smaller_score() -> None:
    assert survivors([tried(0, 0.2), tried(1, 0.1)], Rung(1, 1.0, 1), model_spec(metric="brier")) == (1,)


def test_a_candidate_that_failed_does_not_go_on() -> None:
    trials = [tried(0, 0.0, "no such solver"), tried(1, 0.3)]
    assert survivors(trials, Rung(1, 1.0, 2), model_spec(metric="brier")) == (1,)


def test_a_search_without_any_trained_candidate_fails_with_the_cause() -> None:
    with pytest.raises(SearchFailed, match="no such solver"):
        survivors([tried(0, 0.0, "no such solver")], Rung(1, 1.0, 1), model_spec())
