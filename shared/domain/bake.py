"""Bake: a step of a rollout as the machine goes it: how long, how often looked at, how long late rows may take."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import ceil

from shared.domain.run import BeginAt, Run
from shared.domain.spec import Spec
from shared.domain.spec.deploy import Step

LOOKS, ALL_LOOKS = 200, 1000
"""Looks at one step, and at all steps of a run: a look is 11 events, and an execution may have 25,000."""

SHORTEST = timedelta(seconds=2)
"""Between two looks. A bake of 20 seconds, as in a demonstration, is looked at ten times."""

LATEST = timedelta(minutes=5)
"""How long rows of the bake are waited for after its end: captured rows come a minute or two late."""

DRILL: Mapping[str, str] = {"share": "20%", "bake": "1m"}
"""What a drill goes through where the spec has no canary."""


def steps(run: Run, spec: Spec) -> tuple[Step, ...]:
    """The steps that the run's version goes through: those of its spec; a drill goes through the last canary alone."""
    if run.begin_at is not BeginAt.DRILL:
        return spec.deploy.steps
    canaries = [step for step in spec.deploy.steps if step.share is not None]
    return (canaries[-1] if canaries else Step.model_validate(DRILL),)


def lasts(step: Step) -> timedelta:
    """How long the step goes on at least."""
    return step.shadow or step.bake or timedelta()


def wait_s(step: Step, of: int) -> int:
    """Seconds until the next look at a step of a rollout of so many; a shadow is looked at once, at its end.

    Looks while late rows are waited for count as well: no step has more than its part of all looks.
    """
    looks = 1 if step.shadow else min(LOOKS, ALL_LOOKS // of)
    longest = lasts(step) if step.shadow else lasts(step) + _late(step)
    return ceil(max(SHORTEST, longest / looks).total_seconds())


def given_up(step: Step, ends: datetime) -> datetime:
    """When rows that came before the step's end are waited for no longer: a bake later, at most `LATEST`."""
    return ends + _late(step)


def _late(step: Step) -> timedelta:
    return min(LATEST, lasts(step))


def named(verb: str, step: int) -> str:
    """The name of what a verb did at a step, which counts from 0: deploy, deploy-2, deploy-3."""
    return f"{verb}-{step + 1}" if step else verb
