"""Audit: every decision of a model, by whom and why."""

from shared.api.answer import Answer, shown
from shared.api.call import Call
from shared.api.lists import Listed, Window
from shared.api.route import Nothing, Route
from shared.api.views.receipts import AuditView, audit
from shared.domain.errors import NotFound
from shared.ports.registry import Registry


def index(call: Call[Window, Nothing], *, registry: Registry) -> Answer:
    """The audit chain, newest first; it ends with the first decision that is older than `since`."""
    asked, name = call.query, call.place.model
    revision = registry.model(name).head.revision
    page = registry.audit(name, asked.limit, asked.cursor)
    recent = tuple(link for link in page.items if asked.since is None or link.receipt.at >= asked.since)
    more = page.next if len(recent) == len(page.items) else ""
    return shown(Listed(items=tuple(map(audit, recent)), next=more or None), revision)


ROUTES = (
    Route(
        "GET",
        "/models/{model}/audit",
        "read",
        "Every decision of a model, newest first",
        Listed[AuditView],
        index,
        query=Window,
        refuses=(NotFound,),
    ),
)
