"""Serving: which versions answer for a model, with which shares; replaced whole, read by predict."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.domain.errors import NoChampion, Problem


class Role(StrEnum):
    """Why a version answers; the value is its letter in prediction ids."""

    CHAMPION = "c"
    CHALLENGER = "h"
    SHADOW = "s"
    PINNED = "p"


@dataclass(frozen=True, slots=True)
class Arm:
    """A version that answers: its share of the model's own route (0–1), and the sha256 of its artifact.

    A version that drains is pinned, deprecated `since` it was replaced, and answers until `sunset`.
    """

    version: int
    role: Role
    share: float
    artifact: str
    since: datetime | None = None
    sunset: datetime | None = None

    @property
    def name(self) -> str:
        """Version and role, as in prediction ids: 2h."""
        return f"{self.version}{self.role}"


@dataclass(frozen=True, slots=True)
class Serving:
    """The whole serving record of a model at one revision; no arms means that nothing serves.

    `key` names the columns by which a row keeps its arm, `capture` is the share of rows that are captured (0–1),
    both as the newest spec says; `newest` is the highest version that ever answered.
    """

    model: str
    revision: int
    at: datetime
    arms: tuple[Arm, ...] = ()
    key: tuple[str, ...] = ()
    capture: float = 1.0
    newest: int = 0

    @property
    def champion(self) -> Arm | None:
        """The champion's arm, if there is one."""
        return next((arm for arm in self.arms if arm.role is Role.CHAMPION), None)

    @property
    def challengers(self) -> tuple[Arm, ...]:
        """The arms that are being tried: a shadow's share is 0."""
        return tuple(arm for arm in self.arms if arm.role is Role.CHALLENGER)


def champion(serving: Serving) -> Arm:
    """The champion's arm; raises NoChampion."""
    if serving.champion is None:
        fix = f"treadle promote {serving.model} VERSION, or treadle upload {serving.model} FILE"
        raise NoChampion(f"no version of {serving.model} serves yet", Problem("/model", "no champion", fix=fix[:99]))
    return serving.champion
