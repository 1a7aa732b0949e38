"""Servings: what predict reads, one record a model."""

from typing import Protocol

from shared.domain.serving import Serving


class Servings(Protocol):
    """One small read."""

    def serving(self, name: str) -> Serving:
        """Which versions answer now; raises NotFound for an unknown model (one without arms serves nothing yet)."""
        ...
