"""Models: which there are, and how each stands."""

from shared.api.answer import Answer, shown
from shared.api.call import Call
from shared.api.lists import Listed, Window, listed
from shared.api.route import Nothing, Route
from shared.api.views import models
from shared.domain.change import Noun, Ref
from shared.domain.errors import NotFound
from shared.domain.head import Head
from shared.ports.registry import Query, Registry


def index(call: Call[Window, Nothing], *, registry: Registry) -> Answer:
    """All models, the one that changed last first."""
    asked = call.query
    page = registry.page(Query(Noun.MODEL, since=asked.since, limit=asked.limit, cursor=asked.cursor))
    return shown(listed(page, Head, models.summary))


def show(call: Call[Nothing, Nothing], *, registry: Registry) -> Answer:
    """One model."""
    name = call.place.model
    number = registry.model(name).head.spec
    model = registry.model(name, Ref(Noun.SPEC, number))
    return shown(models.model(model.head, model.spec(number).spec, model.serving), model.head.revision)


ROUTES = (
    Route(
        "GET",
        "/models",
        "read",
        "All models, the one that changed last first",
        Listed[models.ModelSummary],
        index,
        query=Window,
    ),
    Route("GET", "/models/{model}", "read", "One model", models.ModelView, show, refuses=(NotFound,)),
)
