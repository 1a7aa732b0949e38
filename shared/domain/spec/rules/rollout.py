"""Rollout: a shadow comes first, and shares rise."""

from collections.abc import Iterator

from shared.domain.errors import Problem
from shared.domain.spec.deploy import Deploy
from shared.domain.spec.problems import problem
from shared.domain.spec.quantities import written


def rising(deploy: Deploy) -> Iterator[Problem]:
    """Each step shows the version to more callers than the step before."""
    before = 0.0
    for place, step in enumerate(deploy.steps):
        where = ("deploy", "steps", place)
        if step.share is None:
            if place:
                yield problem(
                    (*where, "shadow"), "a shadow that is not first", expected="shadow, then shares that rise"
                )
        elif step.share <= before:
            got, expected = written(step.share, "%", times=100), f"more than {written(before, '%', times=100)}"
            yield problem((*where, "share"), "a share that does not rise", got=got, expected=expected)
        before = step.share or before
