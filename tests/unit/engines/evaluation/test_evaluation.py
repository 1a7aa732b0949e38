"""Answers to the untouched rows become scores that the verdict can hold against limits."""

from dataclasses import replace

import numpy as np
import pytest

from shared.domain.scores import METRICS
from shared.domain.spec import Task
from shared.domain.verdict import Decision, judge
from shared.engines.evaluation import Grouping, Rival, calibrate, compare, measure, scores, slices
from shared.statistics.answers import Answers, Unmeasurable
from tests.unit.documents.facts import SPEC
from tests.unit.statistics.samples import binary, multiclass, noisier, regression

TASKS = {"binary": binary, "multiclass": multiclass, "regression": regression}


def seeded() -> np.random.Generator:
    return np.random.default_rng(7)


def by_turns(rows: int, *values: str) -> dict[str, Grouping]:
    """Rows in turn of each value."""
    return {"origin": Grouping(np.arange(rows) % len(values), values)}


@pytest.mark.parametrize("task", METRICS)
def test_every_metric_of_a_task_is_measured_with_an_interval(task: str) -> None:
    found = measure(METRICS[task], TASKS[task](500), seeded())
    assert tuple(each.name for each in found) == METRICS[task]
    assert all(each.low < each.value < each.high for each in found)


@pytest.mark.parametrize("task", METRICS)
def test_a_candidate_equal_to_the_champion_differs_in_nothing(task: str) -> None:
    answers = TASKS[task](500)
    found = compare(METRICS[task], answers, answers, seeded())
    assert all((each.value, each.low, each.high) == (0, 0, 0) for each in found)


def test_a_better_candidate_is_ahead_in_the_direction_of_each_metric() -> None:
    candidate = binary(4000)
    auc, brier = compare(("roc_auc", "brier"), candidate, noisier(candidate), seeded())
    assert auc.low > 0
    assert brier.high < 0


def test_the_same_seed_gives_the_same_scores() -> None:
    answers = binary(500)
    assert measure(METRICS["binary"], answers, seeded()) == measure(METRICS["binary"], answers, seeded())


def test_a_small_group_is_left_out_with_its_reason() -> None:
    codes = np.repeat((0, 1), (550, 50))
    judged, left_out = slices("roc_auc", binary(600), {"carrier": Grouping(codes, ("AA", "HA"))}, 100, seeded())
    assert [(each.column, each.value, each.rows) for each in judged] == [("carrier", "AA", 550)]
    assert [(each.value, each.rows, each.why) for each in left_out] == [("HA", 50, "fewer than 100 rows")]


def test_a_group_of_one_class_is_left_out_with_its_reason() -> None:
    answers = binary(600)
    codes = (answers.truth == 1).astype(np.int64)
    _, left_out = slices("roc_auc", answers, {"kind": Grouping(codes, ("late", "punctual"))}, 10, seeded())
    assert {each.why for each in left_out} == {"fewer than two rows of a class"}


def test_rows_without_a_value_are_a_group_of_their_own() -> None:
    codes = np.repeat((-1, 0), (300, 300))
    judged, _ = slices("brier", binary(600), {"origin": Grouping(codes, ("JFK",))}, 100, seeded())
    assert [each.value for each in judged] == ["(missing)", "JFK"]


@pytest.mark.parametrize("metric", ["roc_auc", "f1"])
def test_more_groups_need_surer_intervals(metric: str) -> None:
    answers = binary(1200)
    alone = {"one": Grouping(np.repeat((0, 1), (600, 600)), ("A", "B"))}
    among_many = alone | {"other": Grouping(np.arange(1200) % 10, tuple("abcdefghij"))}
    few, _ = slices(metric, answers, alone, 100, seeded())
    many, _ = slices(metric, answers, among_many, 100, seeded())
    assert many[0].gap == few[0].gap
    assert many[0].high - many[0].low > few[0].high - few[0].low


def test_a_group_that_is_told_worse_lies_below_all_rows() -> None:
    answers = binary(2000)
    odd = np.arange(2000) % 2 == 1
    shuffled = np.where(odd, seeded().permutation(answers.score), answers.score)
    judged, _ = slices("roc_auc", replace(answers, score=shuffled), by_turns(2000, "even", "odd"), 100, seeded())
    assert [each.value for each in judged if each.high < 0] == ["odd"]


def test_calibration_leaves_out_a_slope_that_does_not_exist() -> None:
    truth = np.repeat((0.0, 1.0), (20, 20))
    names = [each.name for each in calibrate(Answers(truth, truth * 0.8 + 0.1)).measures]
    assert names == ["calibration_error", "calibration_in_the_large"]


def test_one_class_of_test_rows_cannot_be_scored() -> None:
    with pytest.raises(Unmeasurable, match="class"):
        measure(METRICS["binary"], Answers(np.ones(50), np.linspace(0.1, 0.9, 50)), seeded())


def test_a_first_candidate_is_measured_alone_and_a_later_one_against_the_champion_too() -> None:
    answers = binary(2000)
    first = scores(SPEC, answers, None, by_turns(2000, "EWR", "JFK"), seeded())
    later = scores(SPEC, answers, Rival(4, noisier(answers)), by_turns(2000, "EWR", "JFK"), seeded())
    assert (first.champion, first.comparisons) == (None, ())
    assert later.champion == 4
    assert [each.name for each in later.comparisons] == list(METRICS["binary"])
    assert [each.value for each in later.slices] == ["EWR", "JFK"]
    assert later.rows == 2000


def test_scores_of_a_candidate_that_surely_ranks_worse_make_a_refusal() -> None:
    champion = binary(4000)
    worse = noisier(noisier(champion), seed=2)
    gates = {name: gate for name, gate in SPEC.evaluate.gates.items() if name != "latency_p99"}
    rules = SPEC.evaluate.model_copy(update={"gates": gates})
    verdict = judge(scores(SPEC, worse, Rival(1, champion), {}, seeded()), rules)
    assert verdict.decision is Decision.REFUSED
    assert verdict.reasons[0].startswith("roc_auc loses more than 0.005 to version 1: -")


def test_only_probabilities_have_a_calibration() -> None:
    spec = SPEC.model_copy(update={"task": Task.REGRESSION, "metric": "rmse"})
    found = scores(spec, regression(500), None, {}, seeded())
    assert found.calibration is None
    assert found.metric == "rmse"
