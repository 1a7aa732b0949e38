"""Predict: which version answers which row, and what it says."""

from dataclasses import replace

import pytest

from shared.domain.errors import NoChampion, NotFound, Retired, RowsRefused
from shared.domain.prediction import parse
from shared.domain.serving import Role
from tests.unit.lifecycle.caller import NOON, Caller, binary, serving, values


def test_a_binary_answer_is_true_from_the_threshold_on() -> None:
    result = binary(slope=0.0625, threshold=0.5).ask({"hour": 7}, {"hour": 8}, {"hour": 9})
    assert values(result) == [False, True, True]
    assert result.predictions[1].probabilities == {"false": 0.5, "true": 0.5}
    assert result.predictions[1].threshold == 0.5


def test_probabilities_have_the_digits_that_float32_has() -> None:
    (prediction,) = binary(slope=0.0123).ask({"hour": 7}).predictions
    assert prediction.probabilities == {"false": 0.9139, "true": 0.0861}


def test_a_multiclass_answer_is_the_most_probable_class() -> None:
    caller = Caller()
    result = serving(caller.store.multiclass(), caller=caller).ask({"hour": 0}, {"hour": 23})
    assert values(result) == ["early", "late"]
    assert result.predictions[0].probabilities == {"early": 0.9, "midday": 0.1, "late": 0.0}
    assert result.predictions[0].threshold is None


def test_a_regression_answers_in_the_unit_of_the_target() -> None:
    caller = Caller()
    result = serving(caller.store.regression(), caller=caller).ask(NOON)
    assert (values(result), result.predictions[0].probabilities) == ([120.5], None)


def test_an_id_tells_model_version_role_and_row() -> None:
    result = binary().ask(NOON, NOON)
    made = [parse(prediction.id) for prediction in result.predictions]
    assert [(each.model, each.version, each.role, each.row) for each in made] == [
        ("flights", 1, Role.CHAMPION, 0),
        ("flights", 1, Role.CHAMPION, 1),
    ]
    assert made[0].request == made[1].request


def test_a_pinned_call_gets_its_version_and_says_so() -> None:
    caller = Caller()
    serving(caller.store.binary(0.04), caller.store.binary(0.02), caller=caller)
    result = caller.ask({"hour": 20}, version=2)
    assert (result.version, result.predictions[0].version, values(result)) == (2, 2, [False])
    assert parse(result.predictions[0].id).role is Role.PINNED
    assert values(caller.ask({"hour": 20})) == [True]


def test_the_champion_by_its_number_is_a_pinned_call() -> None:
    assert parse(binary().ask(NOON, version=1).predictions[0].id).role is Role.PINNED


def test_rows_come_back_in_their_order_whichever_arm_they_went_to() -> None:
    caller = Caller()
    caller.store.serve(
        (caller.store.binary(0.01), Role.CHAMPION, 0.5), (caller.store.binary(0.02), Role.CHALLENGER, 0.5)
    )
    rows = [{"hour": hour, "note": f"row {hour}"} for hour in range(24)]
    result = caller.ask(*rows)
    assert {prediction.version for prediction in result.predictions} == {1, 2}
    for place, prediction in enumerate(result.predictions):
        slope = 0.01 * prediction.version
        assert prediction.probabilities == {"false": round(1 - slope * place, 7), "true": round(slope * place, 7)}
        assert parse(prediction.id).row == place
        assert parse(prediction.id).role is (Role.CHAMPION if prediction.version == 1 else Role.CHALLENGER)
    assert result.version == 1
    assert [each.version for each in caller.ask(*rows[::-1]).predictions[::-1]] == [
        each.version for each in result.predictions
    ]


def test_a_row_that_does_not_fit_is_pointed_at_and_none_is_answered() -> None:
    with pytest.raises(RowsRefused) as refused:
        binary().ask(NOON, {"hour": 24}, {"hour": "noon"}, "noon", {"minute": 1})
    assert [problem.pointer for problem in refused.value.problems] == ["/instances/3"]
    with pytest.raises(RowsRefused) as refused:
        binary().ask(NOON, {"hour": 24}, {"hour": "noon"}, {"minute": 1})
    pointers = {problem.pointer for problem in refused.value.problems}
    assert pointers == {"/instances/1/hour", "/instances/2/hour", "/instances/3/hour", "/instances/3/minute"}


def test_whether_a_row_is_refused_depends_on_no_draw() -> None:
    caller = Caller()
    caller.store.serve(
        (caller.store.binary(0.01), Role.CHAMPION, 0.999), (caller.store.binary(0.02), Role.CHALLENGER, 0.001)
    )
    with pytest.raises(RowsRefused) as refused:
        caller.ask(NOON, "noon")
    assert refused.value.problems[0].pointer == "/instances/1"


def test_a_model_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        Caller().ask(NOON, model="trains")


def test_a_model_of_which_nothing_serves_says_how_to_begin() -> None:
    with pytest.raises(NoChampion) as refused:
        Caller().ask(NOON)
    assert "treadle upload flights" in refused.value.problems[0].fix


def test_an_older_version_that_does_not_answer_is_retired_and_a_newer_one_is_not_there() -> None:
    caller = Caller()
    caller.store.serve((caller.store.binary(), Role.CHAMPION, 1.0))
    caller.store.arms = tuple(replace(arm, version=3) for arm in caller.store.arms)
    with pytest.raises(Retired):
        caller.ask(NOON, version=2)
    with pytest.raises(NotFound):
        caller.ask(NOON, version=4)
