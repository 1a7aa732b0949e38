"""docs/spec.md is held to the grammar: its specs are specs, its tables say every setting with default and form."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from shared.documents.spec import read
from shared.domain.errors import SpecRefused
from shared.domain.scores import METRICS
from shared.domain.spec import Spec, resolve, schema, stored
from shared.domain.spec.data import ColumnType
from shared.domain.spec.families import FAMILIES
from shared.domain.spec.rules.columns import FILLS

PAGE = (Path(__file__).parents[3] / "docs/spec.md").read_text()
WORDS = ("reject", "keep", "clip", "median", "mode", "value")
LEFT_OUT: dict[str, object] = {
    "spec": 1,
    "model": "flights",
    "task": "binary",
    "data": {
        "target": {"column": "late"},
        "time": {"column": "at"},
        "columns": {"origin": {"type": "category"}, "at": {"type": "timestamp"}},
    },
    "evaluate": {"slices": {"by": ["origin"], "may_lag": 0.1}},
    "notify": {"owners": ["slack:flights"]},
}
"""A spec that leaves out whatever it can of the sections that it has."""


Node = dict[str, object]


def blocks(language: str) -> list[str]:
    """The page's code in a language, in its order."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def smallest() -> Spec:
    return read(blocks("yaml")[0], "model.yaml")


def test_the_page_begins_with_a_spec_of_nine_lines() -> None:
    assert PAGE.index("```yaml") < 600
    assert len(blocks("yaml")[0].splitlines()) == 9
    assert smallest().model == "flights"


@pytest.mark.parametrize("part", blocks("yaml")[1:])
def test_every_part_of_a_spec_on_the_page_is_one(part: str) -> None:
    lines = blocks("yaml")[0].splitlines(keepends=True)
    columns = "    time_hour: timestamp\n    origin: category\n"
    whole = [*lines[:7], columns, *lines[7:]]
    section = part.partition(":")[0]
    if section == "data":
        whole = [line for line in whole if not line.startswith(("data", " "))]
    if section == "notify":
        whole = whole[:-1]
    assert read("".join(whole) + part, "model.yaml").model == "flights"


def test_the_refusal_on_the_page_is_what_is_said() -> None:
    wrong = blocks("yaml")[0].replace("binary", "binry").replace("distance: number", "distance:")
    with pytest.raises(SpecRefused) as refusal:
        read(wrong, "model.yaml")
    told = [
        f"line {each.line}  {each.pointer}: {each.detail}; got {each.got}, expected {each.expected}; {each.fix}"
        for each in refusal.value.problems
    ]
    assert blocks("text")[0].splitlines() == [refusal.value.detail, *told]


def test_the_page_has_a_row_for_every_setting_with_its_default() -> None:
    told = re.findall(r"^\| `([^`]+)` \| ([^|]+) \| .+ \|$", PAGE, re.MULTILINE)
    assert told == list(settings("", schema()))


def test_the_page_says_every_metric_and_every_candidate_with_its_parameters() -> None:
    for task, metrics in METRICS.items():
        assert f"| {task} | {', '.join(f'`{name}`' for name in metrics)} |" in PAGE
    for by_task in FAMILIES.values():
        for family, parameters in by_task.items():
            assert f"| `{family}` | {', '.join(f'`{name}`' for name in parameters)} |" in PAGE


@pytest.mark.parametrize("setting", FILLS)
def test_the_page_says_what_may_happen_to_a_value(setting: str) -> None:
    for kind in ColumnType:
        words = [f"`{word}`" for word in WORDS if word in FILLS[setting].get(kind, {"reject"}) and word != "reject"]
        assert f"| {kind} | {setting} | {', '.join(words) or '–'} |" in PAGE


def settings(path: str, node: Node) -> Iterator[tuple[str, str]]:
    """Every setting of a section's schema with its default, in the order of the schema."""
    needed = node.get("required", [])
    assert isinstance(needed, list)
    for name, child in properties(node).items():
        where = f"{path}.{name}".lstrip(".")
        place, within = _inner(child)
        if properties(within):
            yield from settings(f"{where}{place}", within)
        else:
            yield where, _default(where, name in needed)


def properties(node: Node) -> dict[str, Node]:
    """The settings of a section's schema."""
    named = node.get("properties", {})
    assert isinstance(named, dict)
    return named


def _default(where: str, needed: object) -> str:
    """What a spec has for a setting that it leaves out."""
    value = _at(where, stored(resolve(LEFT_OUT)))
    if needed and (value is None or _at(where, LEFT_OUT) is not None):
        return "required"
    if (isinstance(value, dict) and value) or where == "metric":
        return "by task"
    return "–" if value in (None, "") else f"`{value if isinstance(value, str) else json.dumps(value)}`"


def _at(where: str, value: object) -> object:
    for part in where.split("."):
        if not isinstance(value, Mapping):
            return None
        value = next(iter(value.values()), None) if part == "*" else value.get(part)
    return value


def _inner(node: Node) -> tuple[str, Node]:
    """The section within a setting, and how its place is named: columns.*, steps[]."""
    whole = _long(node)
    for word, place in (("patternProperties", ".*"), ("additionalProperties", ".*"), ("items", "[]")):
        within = whole.get(word)
        child = next(iter(within.values())) if word == "patternProperties" and isinstance(within, dict) else within
        if isinstance(child, dict) and properties(_long(child)):
            return place, _long(child)
    return "", whole


def _long(node: Node) -> Node:
    """A node without references, in its long form."""
    reference, forms = node.get("$ref"), node.get("anyOf")
    if isinstance(reference, str):
        definitions = schema()["$defs"]
        assert isinstance(definitions, dict)
        return _long(definitions[reference.rpartition("/")[2]])
    longs = [_long(form) for form in forms] if isinstance(forms, list) else []
    return next((long for long in longs if properties(long)), node)
