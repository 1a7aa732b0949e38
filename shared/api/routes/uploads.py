"""Uploads: which files came for a model, what became of each, and where a new one may be put."""

from shared.api.answer import Answer, shown
from shared.api.call import Call
from shared.api.lists import Listed, Listing, listed
from shared.api.orders import ordered
from shared.api.route import Nothing, Route
from shared.api.views import uploads
from shared.domain.change import Noun, Ref
from shared.domain.dataset import Dataset
from shared.domain.errors import KeyReused, NotFound, Problem, RequestRefused, RevisionMoved, TooLarge
from shared.domain.upload import Upload, UploadStatus
from shared.lifecycle import expect
from shared.ports.clock import Clock
from shared.ports.doorstep import Doorstep
from shared.ports.ids import Ids
from shared.ports.registry import Query, Registry

Asked = Listing[UploadStatus]


def index(call: Call[Asked, Nothing], *, registry: Registry) -> Answer:
    """All uploads of a model, newest first."""
    asked, name = call.query, call.place.model
    revision = registry.model(name).head.revision
    page = registry.page(Query(Noun.UPLOAD, name, asked.status or "", asked.since, "", asked.limit, asked.cursor))
    return shown(listed(page, Upload, uploads.upload), revision)


def show(call: Call[Nothing, Nothing], *, registry: Registry) -> Answer:
    """One upload, with the data version that its run made of it."""
    name = call.place.model
    model = registry.model(name, Ref(Noun.UPLOAD, call.place.upload))
    upload = model.upload(call.place.upload)
    made = registry.page(Query(Noun.DATASET, name, run=upload.run)).items if upload.run else ()
    dataset = next((each.id for each in made if isinstance(each, Dataset)), "")
    return shown(uploads.upload(upload, dataset), model.head.revision)


def create(
    call: Call[Nothing, uploads.UploadAsked], *, registry: Registry, doorstep: Doorstep, clock: Clock, ids: Ids
) -> Answer:
    """Where a file may be put; the same Idempotency-Key gets the same upload, with a fresh URL."""
    asked = call.body
    if asked.kind != "dataset":
        problem = Problem("/kind", "not taken yet", asked.kind, "dataset", "upload a data set")
        raise RequestRefused(f"uploads of kind {asked.kind} are not taken yet", problem)
    order = ordered(call, "", ids)
    request = expect.Request(call.place.model, asked.filename, asked.bytes, asked.sha256, order)
    expected = expect.run(request, registry=registry, doorstep=doorstep, clock=clock)
    where = {"location": f"/models/{request.model}/uploads/{expected.upload.id}"}
    answer = shown(uploads.ticket(expected), status=201).with_headers(where)
    return answer.with_headers({"idempotent-replayed": "true"}) if expected.replayed else answer


ROUTES = (
    Route(
        "GET",
        "/models/{model}/uploads",
        "read",
        "All uploads of a model, newest first",
        Listed[uploads.UploadView],
        index,
        query=Asked,
        refuses=(NotFound,),
    ),
    Route(
        "GET", "/models/{model}/uploads/{upload}", "read", "One upload", uploads.UploadView, show, refuses=(NotFound,)
    ),
    Route(
        "POST",
        "/models/{model}/uploads",
        "register",
        "Where a file may be put, by PUT",
        uploads.TicketView,
        create,
        body=uploads.UploadAsked,
        status=201,
        refuses=(NotFound, TooLarge, KeyReused, RevisionMoved),
    ),
)
