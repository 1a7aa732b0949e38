"""Tick: every model that a version answers for is put on the queue of those to be looked at."""

from shared.domain.change import Noun
from shared.domain.head import Head
from shared.ports.checks import Checks
from shared.ports.registry import Query, Registry


def run(*, registry: Registry, checks: Checks) -> tuple[str, ...]:
    """Ask for a look at each; the models, by name. One that is asked for twice is looked at twice, to the same end."""
    asked: list[str] = []
    cursor, more = "", True
    while more:
        page = registry.page(Query(Noun.MODEL, limit=200, cursor=cursor))
        asked += [head.model for head in page.items if isinstance(head, Head) and head.champion is not None]
        cursor, more = page.next, bool(page.next)
    for model in asked:
        checks.ask(model)
    return tuple(sorted(asked))
