"""Servings: what predict reads, one record a model."""

from functools import lru_cache
from typing import Protocol

from shared.domain.serving import Serving

MODELS_KEPT = 1024
"""Serving records in memory."""


class Servings(Protocol):
    """One small read."""

    def serving(self, name: str) -> Serving:
        """Which versions answer now; raises NotFound for an unknown model (one without arms serves nothing yet)."""
        ...


def recent(servings: Servings, model: str, ticks: float, fresh_s: float) -> Serving:
    """The serving record, read once in each moment of `fresh_s` seconds; what is not there is asked for again."""
    return _kept(servings, model, int(ticks // fresh_s))  # type: ignore[arg-type]  # hashed by identity


@lru_cache(MODELS_KEPT)
def _kept(servings: Servings, model: str, moment: int) -> Serving:
    del moment
    return servings.serving(model)
