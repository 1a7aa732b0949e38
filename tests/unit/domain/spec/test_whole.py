"""The whole spec: what is required, what a task decides, and how problems are told."""

import pytest

from shared.domain.errors import SpecRefused
from shared.domain.scores import METRICS
from shared.domain.spec import Task, resolve
from tests.unit.domain.spec.written import FLIGHTS, brief, refused


@pytest.mark.parametrize("task", Task)
def test_a_task_decides_the_metric_and_the_candidates(task: Task) -> None:
    spec = brief(task.value)
    assert spec.metric == METRICS[task][0]
    assert len(spec.train.candidates) == 2


@pytest.mark.parametrize("left_out", ["spec", "model", "task", "data", "notify"])
def test_what_is_required_is_missed(left_out: str) -> None:
    with pytest.raises(SpecRefused) as refusal:
        resolve({name: section for name, section in FLIGHTS.items() if name != left_out})
    assert (f"/{left_out}", f"add {left_out}:") in [(each.pointer, each.fix) for each in refusal.value.problems]


@pytest.mark.parametrize("version", [True, 1.0, 2, "1"])
def test_another_form_of_spec_is_refused(version: object) -> None:
    assert refused(("/spec", version))["/spec"].fix == "write spec: 1"


@pytest.mark.parametrize("name", ["", "Flights", "flights\n", "a%2eb", "../x", "1a", "x" * 41])
def test_a_models_name_outside_the_pattern_is_refused(name: str) -> None:
    assert list(refused(("/model", name))) == ["/model"]


def test_rules_between_sound_sections_hold_while_another_section_is_broken() -> None:
    pointers = refused(("/notify", {}), ("/task", "binry"), ("/data/key/0", "carier"), ("/evaluate/gates", {"x": {}}))
    assert set(pointers) == {"/notify/owners", "/task", "/data/key/0"}


def test_a_setting_without_a_value_is_refused_once() -> None:
    assert list(refused(("/monitor/every", None), ("/retire", None), ("/data/columns/distance/min", None))) == [
        "/data/columns/distance/min",
        "/monitor/every",
        "/retire",
    ]


@pytest.mark.parametrize("given", [None, [], "spec", 3, {}])
def test_what_is_no_spec_at_all_is_refused(given: object) -> None:
    with pytest.raises(SpecRefused):
        resolve(given)


@pytest.mark.parametrize("number", [float("inf"), float("nan"), 10**400])
def test_a_number_without_end_is_refused(number: float) -> None:
    assert list(refused(("/data/target/above", number))) == ["/data/target/above"]


def test_every_field_of_a_problem_is_short() -> None:
    long = "x" * 1000
    found = refused(
        (f"/{long}", long), ("/metric", long), ("/data/key/0", long), ("/about", long), ("/notify", {long: 1})
    )
    assert len(found) == 6
    for problem in found.values():
        assert all(len(str(getattr(problem, field))) < 100 for field in ("pointer", "detail", "got", "expected", "fix"))
