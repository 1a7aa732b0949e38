"""Slots in memory."""

import hashlib

from shared.domain.errors import Conflict, Problem


class MemorySlots:
    """Bodies by model and slot; the tag is the body's hash, as S3's is."""

    def __init__(self) -> None:
        self._bodies: dict[tuple[str, str], bytes] = {}

    def read(self, model: str, slot: str) -> tuple[bytes, str]:
        """The body and its tag; both empty before the first write."""
        body = self._bodies.get((model, slot), b"")
        return body, _tag(body)

    def replace(self, model: str, slot: str, body: bytes, tag: str) -> None:
        """Write the body that follows the one with this tag; raises Conflict."""
        if tag != self.read(model, slot)[1]:
            raise Conflict(f"slot {slot} of {model} was written meanwhile", Problem("/slot", "another state"))
        self._bodies[model, slot] = body


def _tag(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest() if body else ""
