"""Owners: what in the artifacts bucket nobody would ever ask for.

An object is owned by what leads to it in the registry: a data version by its item, what a run wrote by the run, an
hour's slot by the model, a retirement by its version, and an artifact by a version that is not purged or by a step that
tells of it (a candidate that was refused, a drill's copy). A purge takes the bytes and leaves the manifest.
"""

from collections.abc import Iterator

from shared.adapters.clients import client
from shared.domain.change import Noun
from shared.domain.model import Model
from shared.domain.run import Run, Step
from shared.domain.stage import Stage
from shared.domain.version import Version
from shared.ports.registry import Query, Registry
from tests.auditor import books


def orphans(registry: Registry, bucket: str, models: tuple[str, ...]) -> list[str]:
    """Keys in the bucket that neither of the models owns; of other models nothing may be there."""
    owned = tuple(place for name in models for place in _owned(registry, books(registry, name).model))
    pages = client("s3").get_paginator("list_objects_v2").paginate(Bucket=bucket)
    keys = [entry["Key"] for page in pages for entry in page.get("Contents", ())]
    return [key for key in keys if not key.startswith(owned)]


def _owned(registry: Registry, model: Model) -> Iterator[str]:
    """What owned keys begin with."""
    yield f"{model.name}/slots/"
    purged = set()
    for ref, item in model.items.items():
        if ref.noun is Noun.DATASET:
            yield f"{model.name}/datasets/{ref.id}/"
        if isinstance(item, Version):
            yield f"{model.name}/versions/{item.number}/"
            yield f"artifacts/{item.artifact}/{'manifest' if item.stage is Stage.PURGED else ''}"
            purged |= {item.artifact} if item.stage is Stage.PURGED else set()
        if isinstance(item, Run):
            yield f"{model.name}/runs/{item.id}/"
    told = {sha256 for run in _runs(model) for sha256 in _told(registry, run)}
    yield from (f"artifacts/{sha256}/" for sha256 in told - purged)


def _runs(model: Model) -> Iterator[Run]:
    yield from (item for item in model.items.values() if isinstance(item, Run))


def _told(registry: Registry, run: Run) -> Iterator[str]:
    """The artifacts that the run's steps tell of."""
    for step in registry.page(Query(Noun.STEP, run.model, run=run.id)).items:
        if isinstance(step, Step):
            yield from (ref for noun, ref in step.refs if noun == "artifact")
