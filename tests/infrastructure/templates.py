"""The templates as synthesis writes them, with intrinsics as readable text and logical ids without their hashes."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from stacks.layers.build import Source
from stacks.synth import ROOT, synthesize

STACKS = ("treadle-registry", "treadle-training", "treadle-inference", "treadle-monitoring")
ASSEMBLY = ROOT / "cdk.out"
HASHED = re.compile(r"\b([A-Z]\w*?)[0-9A-F]{8}\b")


@dataclass(frozen=True)
class Resource:
    """A resource of a template; `id` is its logical id without the hash."""

    stack: str
    id: str
    type: str
    properties: Mapping[str, Any]
    attributes: Mapping[str, Any]


@cache
def assembly() -> Path:
    """The cloud assembly, current."""
    assert synthesize(ASSEMBLY, Source.PINS) == 0
    return ASSEMBLY


@cache
def template(stack: str) -> Mapping[str, Any]:
    """The template of a stack."""
    read: Mapping[str, Any] = json.loads((assembly() / f"{stack}.template.json").read_text())
    return read


def resources(*types: str) -> Iterator[Resource]:
    """The resources of these types, of all stacks."""
    for stack in STACKS:
        for name, found in template(stack)["Resources"].items():
            if found["Type"] in types:
                yield Resource(stack, plain(name), found["Type"], found.get("Properties", {}), found)


def only(kind: str, name: str = "") -> Resource:
    """The one resource of this type (and name)."""
    [found] = (one for one in resources(kind) if name in {"", one.id})
    return found


def plain(name: str) -> str:
    """A logical id without its hash."""
    return HASHED.sub(r"\1", name)


def text(value: Any) -> str:
    """A property as text; `${Table.Arn}` stands for what only a deployment knows."""
    if not isinstance(value, Mapping):
        return str(value)
    [(intrinsic, given)] = value.items()
    return READ[intrinsic](given)


def _exported(name: str) -> str:
    """What another stack gives under this name."""
    stack = name.partition(":")[0]
    [output] = (one for one in template(stack)["Outputs"].values() if one.get("Export", {}).get("Name") == name)
    return text(output["Value"])


READ: Mapping[str, Callable[[Any], str]] = {
    "Ref": lambda given: f"${{{plain(given)}}}",
    "Fn::GetAtt": lambda given: f"${{{plain(given[0])}.{given[1]}}}",
    "Fn::Join": lambda given: given[0].join(map(text, given[1])),
    "Fn::ImportValue": _exported,
    "Fn::Select": lambda given: f"{text(given[1])}[{given[0]}]",
    "Fn::Split": lambda given: f"{text(given[1])}.split({given[0]})",
}


def listed(value: Any) -> list[Any]:
    """A value that a template may write alone or in a list."""
    return value if isinstance(value, list) else [value]
