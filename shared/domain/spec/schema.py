"""The JSON schema of a spec, and what it says about one setting."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from shared.domain.scores import COSTS, METRICS
from shared.domain.spec.families import FAMILIES
from shared.domain.spec.whole import Spec

Node = dict[str, object]


@cache
def schema() -> Node:
    """The spec as JSON schema 2020-12, short forms and descriptions included; served at /schema/model-v1.json."""
    whole = _trimmed(Spec.model_json_schema())
    metrics = list(dict.fromkeys(name for names in METRICS.values() for name in names))
    families = list(dict.fromkeys(family for table in FAMILIES.values() for family in table))
    _items(whole, "properties")["metric"]["enum"] = metrics
    definitions = _items(whole, "$defs")
    _items(definitions["Evaluate"], "properties")["gates"]["propertyNames"] = {"enum": [*metrics, *COSTS]}
    _items(definitions["Train"], "properties")["candidates"]["propertyNames"] = {"enum": families}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **whole,
        "title": "Treadle model spec, version 1",
    }


def _trimmed(node: Mapping[str, object]) -> Node:
    """Without titles, which repeat names, and without null, which a spec never says."""
    return {
        word: _without_null(value)
        for word, value in node.items()
        if value is not None and not (word == "title" and isinstance(value, str))
    }


def _without_null(value: object) -> object:
    if isinstance(value, Mapping):
        return _trimmed(value)
    if isinstance(value, list):
        return [_without_null(item) for item in value if item != {"type": "null"}]
    return value


def described(node: Node) -> str:
    """What the schema says about a setting, in its own place or where it refers to."""
    return next((str(form["description"]) for form in (node, *_forms(node)) if form.get("description")), "")


def settings(location: Sequence[object]) -> Mapping[str, Node]:
    """The settings that a location of a spec has, by name, each with its own schema; none where any name may stand."""
    nodes: list[object] = [schema()]
    for part in location:
        nodes = [child for node in nodes for form in _forms(node) for child in _children(form, part)]
    return {
        name: setting for node in nodes for form in _forms(node) for name, setting in _items(form, "properties").items()
    }


def _forms(node: object) -> Iterator[Node]:
    """A schema without references, and every alternative of it."""
    if not isinstance(node, dict):
        return
    if isinstance(reference := node.get("$ref"), str):
        yield from _forms(_items(schema(), "$defs")[reference.rpartition("/")[2]])
    yield node
    for word in ("anyOf", "oneOf"):
        alternatives = node.get(word, ())
        for alternative in alternatives if isinstance(alternatives, list) else ():
            yield from _forms(alternative)


def _items(node: Node, word: str) -> dict[str, Node]:
    items = node.get(word, {})
    return items if isinstance(items, dict) else {}


def _children(node: Node, part: object) -> Iterator[object]:
    yield from (child for name, child in _items(node, "properties").items() if name == part)
    yield from _items(node, "patternProperties").values()
    yield node.get("items")
    yield node.get("additionalProperties")
