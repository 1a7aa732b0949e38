"""Artifact: model.onnx and its manifest; data, never code, named by the hash of its content."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.domain.signature import Signature
from shared.domain.spec.train import Scalar

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Golden:
    """A row kept with the output that the artifact must give for it."""

    row: Mapping[str, Cell]
    output: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the bytes are: written after them, verified on every load.

    `code` is the hash of the code that made them, `made_with` the versions of what it stood on: Python and libraries.
    """

    sha256: str
    size: int
    signature: Signature
    family: str
    parameters: Mapping[str, Scalar]
    dataset: str
    run: str
    code: str
    golden: tuple[Golden, ...] = ()
    made_with: Mapping[str, str] = field(default_factory=dict)
