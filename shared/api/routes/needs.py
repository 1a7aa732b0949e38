"""Needs: what waits for a person, a page of models at a time."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from shared.api.answer import Answer, shown
from shared.api.call import Call
from shared.api.lists import Listed, Window, newest
from shared.api.route import Nothing, Route
from shared.api.views import needs
from shared.domain.approval import Approval
from shared.domain.change import Noun, Ref
from shared.domain.finding import Finding
from shared.domain.head import Head
from shared.domain.run import RunStatus
from shared.domain.stage import Stage
from shared.domain.version import Version
from shared.ports.clock import Clock
from shared.ports.registry import Query, Registry

FRESH = timedelta(days=7)
"""So long a finding waits for somebody to look."""

UNANSWERED = frozenset({"tell", "no_new_outcomes"})
"""Reactions after which nothing happens by itself."""


def index(call: Call[Window, Nothing], *, registry: Registry, clock: Clock) -> Answer:
    """What waits for a person, model by model."""
    asked = call.query
    page = registry.page(Query(Noun.MODEL, since=asked.since, limit=asked.limit, cursor=asked.cursor))
    heads = (head for head in page.items if isinstance(head, Head))
    waiting = tuple(need for head in heads for need in _needs(head, registry, clock.now()))
    return shown(Listed(items=waiting, next=page.next or None))


def _needs(head: Head, registry: Registry, now: datetime) -> Iterator[needs.NeedView]:
    name, asked = head.model, _asked(head, registry)
    if head.next_version - 1 > (head.champion or 0):
        candidates = newest(registry, Query(Noun.VERSION, name, state=Stage.CANDIDATE), Version)
        # Those before the champion were passed over.
        yield from (needs.held(each) for each in candidates if _held(each, head, asked))
    yield from map(needs.waiting, asked)
    findings = newest(registry, Query(Noun.FINDING, name, since=now - FRESH), Finding)
    yield from (needs.told(each) for each in findings if each.reaction in UNANSWERED)


def _asked(head: Head, registry: Registry) -> tuple[Approval, ...]:
    """The approval that the model's run waits for, if it waits."""
    if head.running is None or head.running.status is not RunStatus.WAITING:
        return ()
    approval = registry.model(head.model, ref := Ref(Noun.APPROVAL, head.running.run)).items.get(ref)
    return (approval,) if isinstance(approval, Approval) else ()


def _held(version: Version, head: Head, asked: tuple[Approval, ...]) -> bool:
    """Whether nobody has passed it over, and no run is trying it."""
    open_run = head.running.run if head.running else ""
    waits = version.number in {each.version for each in asked}
    return version.number > (head.champion or 0) and version.run != open_run and not waits


ROUTES = (Route("GET", "/needs", "read", "What waits for a person", Listed[needs.NeedView], index, query=Window),)
