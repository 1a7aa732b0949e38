"""Contrast: how far the rows of one data version have moved from those of another; nothing is written."""

from dataclasses import dataclass

from shared.domain import places, profile
from shared.domain.change import Noun, Ref
from shared.domain.contrast import ColumnContrast, Seen, contrast
from shared.domain.dataset import Dataset
from shared.domain.errors import NotFound, Problem
from shared.ports.objects import Objects
from shared.ports.registry import Registry


@dataclass(frozen=True, slots=True)
class Request:
    """Which data version, and against which; "" is the one that it goes on from."""

    model: str
    dataset: str
    against: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """Both data versions, and their columns side by side."""

    was: Dataset
    now: Dataset
    columns: tuple[ColumnContrast, ...]


def run(request: Request, *, registry: Registry, artifacts: Objects) -> Result:
    """Both, from what was counted of their training rows when they were made; raises NotFound."""
    now = _dataset(registry, request.model, request.dataset)
    was = _dataset(registry, request.model, request.against or _before(now))
    columns = contrast(_seen(registry, artifacts, was), _seen(registry, artifacts, now))
    return Result(was, now, columns)


def _dataset(registry: Registry, model: str, dataset: str) -> Dataset:
    return registry.model(model, Ref(Noun.DATASET, dataset)).dataset(dataset)


def _before(dataset: Dataset) -> str:
    if dataset.previous:
        return dataset.previous
    problem = Problem(
        "/against", "nothing before it", "nothing", "?against=ds_…", f"treadle datasets list {dataset.model}"
    )
    raise NotFound(f"{dataset.id} is the first data version of {dataset.model}", problem)


def _seen(registry: Registry, artifacts: Objects, dataset: Dataset) -> Seen:
    spec = registry.model(dataset.model, Ref(Noun.SPEC, dataset.spec)).spec(dataset.spec).spec
    body = artifacts.read(places.dataset(dataset.model, dataset.id, "profile.json"))
    return Seen(spec, profile.from_json(body.decode()))
