"""Tick: every model that a version answers for is put on the queue of those to be looked at.

While a look still waits that an earlier tick asked for, this one asks for none, or the queue would grow for ever where
looks take longer than ticks are apart; each look takes in every window since the one before. A look that is under way,
or failed and is to come again, holds up nobody.
"""

from shared.domain.change import Noun
from shared.domain.head import Head
from shared.ports.checks import Checks
from shared.ports.registry import Query, Registry, every


def run(*, registry: Registry, checks: Checks) -> tuple[str, ...]:
    """Ask for a look at each; the models, by name, or none while looks wait. Two looks at one come to the same end."""
    if checks.waiting():
        return ()
    asked = sorted(head.model for head in every(registry, Query(Noun.MODEL), Head) if head.champion is not None)
    for model in asked:
        checks.ask(model)
    return tuple(asked)
