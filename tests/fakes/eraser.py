"""An eraser in memory, for a bucket in memory."""

from tests.fakes.objects import MemoryObjects


class MemoryEraser:
    """It takes bodies out of the bucket."""

    def __init__(self, objects: MemoryObjects) -> None:
        self._objects = objects

    def erase(self, key: str) -> None:
        """Erase every version of the body."""
        self._objects.forget(key)
