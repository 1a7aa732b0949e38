"""What synthesis wrote to cdk.out: its stacks in order, their templates, and the directories of their assets."""

from __future__ import annotations

import graphlib
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.errors import NotSynthesized

MANIFEST = "manifest.json"
STACK, NESTED = "aws:cloudformation:stack", "cdk:cloud-assembly"


@dataclass(frozen=True, slots=True)
class Stack:
    """A stack by its name, with its template as JSON."""

    name: str
    template: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CloudAssembly:
    """All stacks, each after those it depends on; `code` is asset directory by the key it would have in S3."""

    stacks: tuple[Stack, ...]
    code: Mapping[str, Path]
    fingerprint: str


def read(out: Path) -> CloudAssembly:
    """Read a directory that synthesis wrote; raises NotSynthesized when there is none."""
    if not (out / MANIFEST).is_file():
        raise NotSynthesized(f"{out} holds no templates", fix="synthesize them with `make synth`")
    stacks = tuple(_stacks(out))
    digest = hashlib.sha256()
    for path in _templates(out):
        digest.update(path.read_bytes())
    return CloudAssembly(stacks, dict(_assets(out)), digest.hexdigest())


def _json(path: Path) -> Mapping[str, Any]:
    content: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _stacks(out: Path) -> Iterator[Stack]:
    artifacts = _json(out / MANIFEST)["artifacts"]
    kinds = {name: artifact["type"] for name, artifact in artifacts.items()}
    wanted = {name for name, kind in kinds.items() if kind in {STACK, NESTED}}
    order = graphlib.TopologicalSorter(
        {name: set(artifacts[name].get("dependencies", ())) & wanted for name in sorted(wanted)}
    )
    for name in order.static_order():
        properties = artifacts[name]["properties"]
        if kinds[name] == NESTED:
            yield from _stacks(out / properties["directoryName"])
        else:
            yield Stack(properties.get("stackName", name), _json(out / properties["templateFile"]))


def _templates(out: Path) -> list[Path]:
    return sorted(out.rglob("*.template.json")) + sorted(out.rglob("*.assets.json"))


def _assets(out: Path) -> Iterator[tuple[str, Path]]:
    """Code only: a template is a file asset too, but no directory."""
    for path in sorted(out.rglob("*.assets.json")):
        for asset in _json(path).get("files", {}).values():
            source = path.parent / asset["source"]["path"]
            if source.is_dir():
                for destination in asset["destinations"].values():
                    yield destination["objectKey"], source.resolve()
