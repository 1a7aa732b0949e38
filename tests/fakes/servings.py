"""What predict reads, out of the registry in memory."""

from shared.domain.serving import Serving
from shared.ports.registry import Registry


class MemoryServings:
    """The serving records of a registry."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def serving(self, name: str) -> Serving:
        """Which versions answer now; raises NotFound for an unknown model."""
        return self._registry.model(name).serving
