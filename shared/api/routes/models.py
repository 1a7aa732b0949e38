"""Models: which there are, how each stands, and what waits for a person."""

from shared.api.answer import Answer, shown
from shared.api.call import Call
from shared.api.lists import Listed, Window, listed
from shared.api.route import Nothing, Route
from shared.api.views import models
from shared.domain.change import Noun, Ref
from shared.domain.errors import NotFound
from shared.domain.head import Head
from shared.domain.stage import Stage
from shared.domain.version import Version
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


def needs(call: Call[Window, Nothing], *, registry: Registry) -> Answer:
    """What waits for a person, a page of models at a time."""
    asked = call.query
    page = registry.page(Query(Noun.MODEL, since=asked.since, limit=asked.limit, cursor=asked.cursor))
    waiting = [version for head in page.items if isinstance(head, Head) for version in _held(head, registry)]
    return shown(Listed(items=tuple(map(models.need, waiting)), next=page.next or None))


def _held(head: Head, registry: Registry) -> list[Version]:
    """Candidates that came after the champion; older ones were passed over."""
    champion = head.champion or 0
    if head.next_version - 1 <= champion:
        return []
    found = registry.page(Query(Noun.VERSION, head.model, state=Stage.CANDIDATE)).items
    return [version for version in found if isinstance(version, Version) and version.number > champion]


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
    Route("GET", "/needs", "read", "What waits for a person", Listed[models.Need], needs, query=Window),
)
