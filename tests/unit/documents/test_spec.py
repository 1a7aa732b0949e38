"""A spec as text: what is read from YAML and JSON, and in which line a problem is."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from shared.documents.spec import read
from shared.domain.errors import Problem, SpecRefused
from shared.domain.spec import columns_said, resolve, stored

ROOT = Path(__file__).parents[3]
SAMPLE = (ROOT / "samples/flights/model.yaml").read_text()
SMALLEST = """\
spec: 1
model: flights
task: binary
data:
  target: late
  columns:
    carrier: category
    distance: number
notify: {owners: ["email:flights@example.com"]}
"""


def refused(text: str) -> tuple[Problem, ...]:
    with pytest.raises(SpecRefused) as refusal:
        read(text, "model.yaml")
    assert refusal.value.detail.startswith("model.yaml has ")
    return refusal.value.problems


def line_of(pointer: str, text: str) -> int:
    return next(problem.line for problem in refused(text) if problem.pointer == pointer)


def test_the_sample_is_a_spec_that_says_every_column_of_the_flights() -> None:
    header = "year,month,day,dep_time,sched_dep_time,dep_delay,arr_time,sched_arr_time,arr_delay,carrier,flight,tailnum"
    header += ",origin,dest,air_time,distance,hour,minute,time_hour"
    assert columns_said(read(SAMPLE, "model.yaml"), header.split(",")) == ()


def test_yaml_and_json_say_the_same_spec() -> None:
    plain = YAML(typ="safe", pure=True).load(SAMPLE)
    for text in (json.dumps(plain), json.dumps(plain, indent="\t"), "\ufeff" + SAMPLE, SAMPLE.replace("\n", "\r\n")):
        assert read(text, "model") == read(SAMPLE, "model") == resolve(plain)


def test_json_may_escape_any_character() -> None:
    spec = {**YAML(typ="safe", pure=True).load(SMALLEST), "about": "späte ✈ 🛫?"}
    assert read(json.dumps(spec), "model.json").about == "späte ✈ 🛫?"
    assert read(json.dumps(spec, ensure_ascii=False), "model.json").about == "späte ✈ 🛫?"


def test_words_that_other_yamls_take_for_more_stay_words() -> None:
    values = 'carrier: {type: category, values: [no, on, 2013-01-01, 12:30, "7", 1_000]}'
    read_values = read(SMALLEST.replace("carrier: category", values), "model.yaml").data.columns["carrier"].values
    assert read_values == ("no", "on", "2013-01-01", "12:30", "7", "1_000")


def test_all_problems_are_told_at_once_in_the_order_of_their_lines() -> None:
    text = SMALLEST.replace("binary", "binry").replace("distance: number", "carrier: number").replace("owners", "owner")
    assert [(problem.line, problem.pointer) for problem in refused(text)] == [
        (3, "/task"),
        (8, "/data/columns/carrier"),
        (9, "/notify/owners"),
        (9, "/notify/owner"),
    ]


def test_a_problem_says_field_got_expected_and_fix() -> None:
    assert refused(SMALLEST + "monitr: {every: 1h}\n")[0] == Problem(
        pointer="/monitr",
        detail="an unknown setting",
        got='{"every": "1h"}',
        expected="spec, model, about, task, metric, data, train, evaluate, deploy, predict, monitor, retire, notify",
        fix="did you mean monitor?",
        line=10,
    )


def test_a_setting_that_is_missing_is_missed_where_it_would_stand() -> None:
    assert line_of("/data/target", SMALLEST.replace("  target: late\n", "")) == 4


def test_a_setting_twice_is_refused_in_the_line_of_the_second() -> None:
    problem = refused(SMALLEST + "task: binary\n")[0]
    assert (problem.line, problem.pointer, problem.fix) == (10, "/task", "keep it here or in line 3")


@pytest.mark.parametrize(
    ("old", "new", "detail"),
    [
        ("late", "&x late", "an anchor"),
        ("late", "*x", "an alias"),
        ("late", "!!str late", "a tag"),
        ("late", "! late", "a tag"),
        ("{owners", "&x {owners", "an anchor"),
        ("task:", "&x task:", "an anchor"),
        ("  columns:", "  <<: *x\n  columns:", "an alias"),
    ],
)
def test_anchors_aliases_and_tags_are_refused(old: str, new: str, detail: str) -> None:
    text = SMALLEST.replace(old, new, 1)
    changed = new.partition("\n")[0]
    line = next(number for number, written in enumerate(text.splitlines(), 1) if changed in written)
    assert (detail, line) in [(problem.detail, problem.line) for problem in refused(text)]


@pytest.mark.parametrize(
    ("text", "line", "detail"),
    [
        ("a: [", 1, "neither YAML nor JSON"),
        ("a: 1\n\tb: 2", 2, "neither YAML nor JSON"),
        ('{"a": 1,\n "b" 2}', 2, "neither YAML nor JSON"),
        ("a: 1\n---\nb: 1", 2, "more than one document"),
        ("%YAML 1.1\n---\na: 1", 1, "another YAML"),
        ("a: 1\nb: \x07", 2, "a character that no text has"),
        ('a: "\\ud800"', 0, "an escape that is no character"),
        ('a: "\\U00110000"', 0, "an escape that is no character"),
        ("? [a]\n: b", 1, "a name that is no text"),
        ("a: " + "[" * 60000, 1, "deeper than a spec can be"),
        ("", 1, "an empty spec"),
        ("- spec: 1", 1, "a value of the wrong kind"),
        ("x" * 65_537, 0, "larger than a spec may be"),
    ],
)
def test_a_text_that_is_no_spec_is_refused_with_its_line(text: str, line: int, detail: str) -> None:
    problem = refused(text)[0]
    assert (problem.line, problem.detail) == (line, detail)


def test_a_spec_of_64_kb_is_read() -> None:
    assert read(SMALLEST + "#" * (65_536 - len(SMALLEST)), "model.yaml") == read(SMALLEST, "model.yaml")


@given(st.text(alphabet=st.sampled_from("ab:-?,[]{}#&*!|>%@`\"'~ \n\t0.\\u1d8=<"), max_size=60) | st.text(max_size=40))
@example('"\\ud83d')
@example("!<")
@example("a: |1\n b")
def test_any_text_at_all_is_read_or_refused(text: str) -> None:
    with pytest.raises(SpecRefused) as refusal:
        read(text, "model.yaml")
    assert refusal.value.problems


def test_the_stored_form_is_a_spec_as_people_write_it() -> None:
    spec = read(SAMPLE, "model.yaml")
    gates = stored(spec)["evaluate"]
    assert isinstance(gates, dict)
    assert gates["gates"]["latency_p99"] == {"max": "20ms"}
    assert stored(spec)["monitor"] == {
        "every": "1h",
        "window": "7d",
        "outcomes": "2d",
        "false_alarms": "1/month",
        "cool_down": "7d",
        "on_drift": "retrain",
        "on_drop": "retrain",
    }
