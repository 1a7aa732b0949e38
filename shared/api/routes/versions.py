"""Versions: what can serve, what it is, and the decision to let it."""

from shared.api.answer import HTML, Answer, etag, shown
from shared.api.call import Call
from shared.api.evaluations import verdict_of
from shared.api.lists import Listed, Listing, listed
from shared.api.orders import ordered, receipted
from shared.api.route import Nothing, Route
from shared.api.views import versions
from shared.api.views.downloads import DownloadView, download
from shared.api.views.receipts import ReceiptView
from shared.api.views.runs import Reasoned
from shared.domain import places
from shared.domain.change import Noun, Ref
from shared.domain.errors import Conflict, KeyReused, NotFound, RevisionMoved, StageConflict
from shared.domain.stage import Stage
from shared.domain.version import Version
from shared.lifecycle import promote as promoting
from shared.ports.artifacts import manifest
from shared.ports.clock import Clock
from shared.ports.ids import Ids
from shared.ports.objects import Objects
from shared.ports.registry import Query, Registry

Asked = Listing[Stage]
INERT = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""A card holds words of a spec and of data; whatever they are, nothing in it runs or loads."""


def index(call: Call[Asked, Nothing], *, registry: Registry) -> Answer:
    """All versions of a model, newest first."""
    asked, name = call.query, call.place.model
    revision = registry.model(name).head.revision
    page = registry.page(Query(Noun.VERSION, name, asked.status or "", asked.since, "", asked.limit, asked.cursor))
    return shown(listed(page, Version, versions.summary), revision)


def show(call: Call[Nothing, Nothing], *, registry: Registry, artifacts: Objects) -> Answer:
    """One version: how it was made, what it takes and gives, and its verdict."""
    model = registry.model(call.place.model, Ref(Noun.VERSION, call.place.version))
    version = model.version(call.place.version)
    verdict = verdict_of(artifacts, version.model, version.run)
    return shown(versions.version(version, manifest(artifacts, version.artifact), verdict), model.head.revision)


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


def promote(call: Call[Nothing, Reasoned], *, registry: Registry, clock: Clock, ids: Ids) -> Answer:
    """Make the version the champion; the one before it drains."""
    order = ordered(call, call.body.reason, ids)
    request = promoting.Request(call.place.model, call.place.version, order)
    done = promoting.run(request, registry=registry, clock=clock)
    return receipted(done)


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
        "POST",
        "/models/{model}/versions/{version}/promote",
        "operate",
        "Make a version the champion",
        ReceiptView,
        promote,
        body=Reasoned,
        refuses=(NotFound, StageConflict, Conflict, RevisionMoved, KeyReused),
    ),
)
