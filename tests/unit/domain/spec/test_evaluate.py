"""Section evaluate: limits that can be reached, in their unit, on the right side; groups that exist."""

import pytest

from shared.domain.spec import resolve
from shared.domain.spec.evaluate import Costs, Threshold
from tests.unit.domain.spec.written import brief, changed, refused


def test_only_a_binary_task_has_a_threshold() -> None:
    assert brief("binary").evaluate.threshold == Threshold(cost=Costs())
    assert brief("multiclass").evaluate.threshold is None
    pointers = refused(("/task", "multiclass"), ("/evaluate", {"threshold": 0.5}), ("/data/target", "y"))
    assert list(pointers) == ["/evaluate/threshold"]


def test_a_threshold_of_zero_is_a_threshold() -> None:
    assert resolve(changed(("/evaluate/threshold", 0))).evaluate.threshold == Threshold(value=0)


def test_a_threshold_is_found_by_cost_or_fixed_but_not_both() -> None:
    assert list(refused(("/evaluate/threshold", {"value": 0.3, "cost": {}}))) == ["/evaluate/threshold"]


@pytest.mark.parametrize(
    ("gate", "pointer"),
    [
        ({"rocauc": {"min": 0.5}}, "rocauc"),
        ({"rmse": {"max": 0.5}}, "rmse"),
        ({"brier": {}}, "brier"),
        ({"roc_auc": {"min": 60}}, "roc_auc/min"),
        ({"roc_auc": {"min": "20ms"}}, "roc_auc/min"),
        ({"roc_auc": {"min": 0.9, "max": 0.8}}, "roc_auc/min"),
        ({"roc_auc": {"max": 0.8}}, "roc_auc/max"),
        ({"brier": {"min": 0.1}}, "brier/min"),
        ({"brier": {"may_lose": -0.1}}, "brier/may_lose"),
        ({"brier": {"may_lose": 2}}, "brier/may_lose"),
        ({"brier": {"may_lose": 0.1, "must_gain": 0.1}}, "brier/may_lose"),
        ({"latency_p99": {"max": 20}}, "latency_p99/max"),
        ({"latency_p99": {"max": "20MB"}}, "latency_p99/max"),
        ({"latency_p99": {"max": "20%"}}, "latency_p99/max"),
        ({"size": {"max": "20ms"}}, "size/max"),
        ({"size": {"max": "20 MB"}}, "size/max"),
        ({"size": {"maximum": "20MB"}}, "size/maximum"),
    ],
)
def test_a_gate_that_makes_no_sense_is_refused(gate: object, pointer: str) -> None:
    assert list(refused(("/evaluate/gates", gate))) == [f"/evaluate/gates/{pointer}"]


def test_limits_are_read_in_milliseconds_bytes_and_shares() -> None:
    gates = {
        "roc_auc": {"min": "60%", "max": 0.99, "must_gain": "0.5%"},
        "latency_p99": {"max": "1.5s", "may_lose": "5ms"},
        "size": {"max": "20MB"},
    }
    limits = resolve(changed(("/evaluate/gates", gates))).evaluate.gates
    assert limits["roc_auc"].limits == {"min": 0.6, "max": 0.99, "must_gain": 0.005}
    assert limits["latency_p99"].limits == {"max": 1500, "may_lose": 5}
    assert limits["size"].limits == {"max": 20e6}


def test_a_metric_of_another_task_is_refused() -> None:
    assert refused(("/metric", "roc_auk"))["/metric"].fix == "did you mean roc_auc?"
    assert list(refused(("/metric", "rmse"))) == ["/metric"]


def test_groups_are_categories_that_callers_send() -> None:
    assert "/evaluate/slices/by/0" in refused(("/evaluate/slices/by/0", "distance"))
    assert refused(("/evaluate/slices/by/0", "carier"))["/evaluate/slices/by/0"].fix == "did you mean carrier?"
    assert list(refused(("/evaluate/slices/by", ["origin", "origin"]))) == ["/evaluate/slices/by/1"]
