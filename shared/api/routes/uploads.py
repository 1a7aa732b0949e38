"""Uploads: which files came for a model, and what became of each."""

from shared.api.answer import Answer, shown
from shared.api.call import Call
from shared.api.lists import Listed, Listing, listed
from shared.api.route import Nothing, Route
from shared.api.views import uploads
from shared.domain.change import Noun, Ref
from shared.domain.dataset import Dataset
from shared.domain.errors import NotFound
from shared.domain.upload import Upload, UploadStatus
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
)
