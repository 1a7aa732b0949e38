"""Serving: which versions answer for a model, with which shares; replaced whole, read by predict."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """Why a version answers; the value is its letter in prediction ids."""

    CHAMPION = "c"
    CHALLENGER = "h"
    SHADOW = "s"
    PINNED = "p"


@dataclass(frozen=True, slots=True)
class Arm:
    """A version that answers: its share of the model's own route (0–1), and the sha256 of its artifact."""

    version: int
    role: Role
    share: float
    artifact: str


@dataclass(frozen=True, slots=True)
class Serving:
    """The whole serving record of a model at one revision; no arms means that nothing serves."""

    model: str
    revision: int
    at: datetime
    arms: tuple[Arm, ...] = ()

    @property
    def champion(self) -> Arm | None:
        """The champion's arm, if there is one."""
        return next((arm for arm in self.arms if arm.role is Role.CHAMPION), None)
