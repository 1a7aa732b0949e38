"""Versions: what can serve, what it is, and why it left."""

from functools import partial

from shared.api.answer import HTML, Answer, etag, shown
from shared.api.call import Call
from shared.api.evaluations import verdict_of
from shared.api.lists import Listed, Listing, listed
from shared.api.route import Nothing, Route
from shared.api.views import versions
from shared.api.views.downloads import DownloadView, download
from shared.api.views.retirements import RetirementView
from shared.api.views.retirements import retirement as retirement_view
from shared.domain import places
from shared.domain.change import Noun, Ref
from shared.domain.errors import NotFound
from shared.domain.stage import Stage
from shared.domain.version import Version
from shared.ports.artifacts import manifest
from shared.ports.clock import Clock
from shared.ports.objects import Objects
from shared.ports.registry import Query, Registry
from shared.ports.retirements import retirement

Asked = Listing[Stage]
INERT = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""A card holds words of a spec and of data; whatever they are, nothing in it runs or loads."""


def index(call: Call[Asked, Nothing], *, registry: Registry) -> Answer:
    """All versions of a model, newest first."""
    asked, name = call.query, call.place.model
    model = registry.model(name)
    page = registry.page(Query(Noun.VERSION, name, asked.status or "", asked.since, "", asked.limit, asked.cursor))
    view = partial(versions.summary, serving=model.serving)
    return shown(listed(page, Version, view), model.head.revision)


def show(call: Call[Nothing, Nothing], *, registry: Registry, artifacts: Objects) -> Answer:
    """One version: how it was made, what it takes and gives, and its verdict."""
    model = registry.model(call.place.model, Ref(Noun.VERSION, call.place.version))
    version = model.version(call.place.version)
    verdict = verdict_of(artifacts, version.model, version.run)
    made = manifest(artifacts, version.artifact)
    return shown(versions.version(version, model.serving, made, verdict), model.head.revision)


def card(call: Call[Nothing, Nothing], *, registry: Registry, artifacts: Objects) -> Answer:
    """The model card, a page for people."""
    model = registry.model(call.place.model, Ref(Noun.VERSION, call.place.version))
    page = artifacts.read(places.card(model.name, model.version(call.place.version).run)).decode()
    return Answer(page, headers={**etag(model.head.revision), "content-security-policy": INERT}, media=HTML)


def artifact(call: Call[Nothing, Nothing], *, registry: Registry, artifacts: Objects, clock: Clock) -> Answer:
    """Where the model itself can be read."""
    model = registry.model(call.place.model, Ref(Noun.VERSION, call.place.version))
    made = manifest(artifacts, model.version(call.place.version).artifact)
    link = download(places.artifact(made.sha256), made.sha256, made.size, artifacts, clock)
    return shown(link, model.head.revision)


def retired(call: Call[Nothing, Nothing], *, registry: Registry, artifacts: Objects) -> Answer:
    """The account of a version's last retirement."""
    name = call.place.model
    model = registry.model(name, Ref(Noun.VERSION, call.place.version))
    account = retirement(registry, artifacts, name, model.version(call.place.version).number)
    return shown(retirement_view(account), model.head.revision)


ROUTES = (
    Route(
        "GET",
        "/models/{model}/versions",
        "read",
        "All versions of a model, newest first",
        Listed[versions.VersionSummary],
        index,
        query=Asked,
        refuses=(NotFound,),
    ),
    Route(
        "GET",
        "/models/{model}/versions/{version}",
        "read",
        "One version",
        versions.VersionView,
        show,
        refuses=(NotFound,),
    ),
    Route(
        "GET",
        "/models/{model}/versions/{version}/card",
        "read",
        "The model card",
        answer=card,
        refuses=(NotFound,),
        media=HTML,
    ),
    Route(
        "GET",
        "/models/{model}/versions/{version}/artifact",
        "read",
        "Where the ONNX file can be read",
        DownloadView,
        artifact,
        refuses=(NotFound,),
    ),
    Route(
        "GET",
        "/models/{model}/versions/{version}/retirement",
        "read",
        "Why a version was retired, and what its callers do now",
        RetirementView,
        retired,
        refuses=(NotFound,),
    ),
)
