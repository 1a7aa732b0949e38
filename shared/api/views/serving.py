"""Serving: which versions answer for a model."""

from datetime import datetime

from shared.api.views.view import View
from shared.domain.serving import Arm, Serving


class ArmView(View):
    """A version that answers; share of the model's own route is 0–1, sha256 is its artifact's."""

    version: int
    role: str
    share: float
    sha256: str


class ServingView(View):
    """The record that predict reads, as it was since an instant."""

    model: str
    revision: int
    since_at: datetime
    champion: int | None
    arms: tuple[ArmView, ...]


def arm(of: Arm) -> ArmView:
    """One version that answers."""
    return ArmView(version=of.version, role=of.role.name.lower(), share=of.share, sha256=of.artifact)


def serving(of: Serving) -> ServingView:
    """The whole record."""
    champion = of.champion.version if of.champion else None
    arms = tuple(map(arm, of.arms))
    return ServingView(model=of.model, revision=of.revision, since_at=of.at, champion=champion, arms=arms)
