"""Datasets: the data versions of a model, and the rows that were refused."""

import hashlib

from pydantic import BaseModel, ConfigDict, Field

from shared.api.answer import Answer, shown
from shared.api.call import Call
from shared.api.lists import Listed, Window, listed
from shared.api.place import DatasetId
from shared.api.route import Nothing, Route
from shared.api.views import contrasts, datasets
from shared.api.views.downloads import DownloadView, download
from shared.domain import places
from shared.domain.change import Noun, Ref
from shared.domain.dataset import Dataset
from shared.domain.errors import NotFound
from shared.lifecycle import contrast
from shared.ports.clock import Clock
from shared.ports.objects import Objects
from shared.ports.registry import Query, Registry


def index(call: Call[Window, Nothing], *, registry: Registry) -> Answer:
    """All data versions of a model, newest first."""
    asked, name = call.query, call.place.model
    revision = registry.model(name).head.revision
    page = registry.page(Query(Noun.DATASET, name, since=asked.since, limit=asked.limit, cursor=asked.cursor))
    return shown(listed(page, Dataset, datasets.dataset), revision)


def show(call: Call[Nothing, Nothing], *, registry: Registry) -> Answer:
    """One data version."""
    model = registry.model(call.place.model, Ref(Noun.DATASET, call.place.dataset))
    return shown(datasets.dataset(model.dataset(call.place.dataset)), model.head.revision)


class Against(BaseModel):
    """Which data version another is held against."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    against: DatasetId | None = Field(None, description="The older one; without it, the one that it goes on from.")


def diff(call: Call[Against, Nothing], *, registry: Registry, artifacts: Objects) -> Answer:
    """How far a data version has moved from another."""
    request = contrast.Request(call.place.model, call.place.dataset, call.query.against or "")
    found = contrast.run(request, registry=registry, artifacts=artifacts)
    return shown(contrasts.contrast(found.was, found.now, found.columns))


def rejects(call: Call[Nothing, Nothing], *, registry: Registry, artifacts: Objects, clock: Clock) -> Answer:
    """Where the refused cells of a data version's uploads can be read: line, column, got, expected."""
    name = call.place.model
    model = registry.model(name, Ref(Noun.DATASET, call.place.dataset))
    key = places.dataset(name, model.dataset(call.place.dataset).id, "rejects.csv")
    body = artifacts.read(key)
    sha256 = hashlib.sha256(body).hexdigest()
    return shown(download(key, sha256, len(body), artifacts, clock), model.head.revision)


ROUTES = (
    Route(
        "GET",
        "/models/{model}/datasets",
        "read",
        "All data versions of a model, newest first",
        Listed[datasets.DatasetView],
        index,
        query=Window,
        refuses=(NotFound,),
    ),
    Route(
        "GET",
        "/models/{model}/datasets/{dataset}",
        "read",
        "One data version",
        datasets.DatasetView,
        show,
        refuses=(NotFound,),
    ),
    Route(
        "GET",
        "/models/{model}/datasets/{dataset}/diff",
        "read",
        "How far it has moved from another data version, column by column",
        contrasts.ContrastView,
        diff,
        query=Against,
        refuses=(NotFound,),
    ),
    Route(
        "GET",
        "/models/{model}/datasets/{dataset}/rejects",
        "read",
        "Where the refused cells can be read as CSV",
        DownloadView,
        rejects,
        refuses=(NotFound,),
    ),
)
