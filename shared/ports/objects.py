"""Objects: large bodies by key; what Treadle writes it writes once."""

from pathlib import Path
from typing import Protocol


class Objects(Protocol):
    """One bucket. Every method raises NotFound for a key that is not there, Unavailable when the store is."""

    def read(self, key: str) -> bytes:
        """The whole body."""
        ...

    def fetch(self, key: str, into: Path, version: str = "") -> Path:
        """The body as a file; `version` names an S3 version id."""
        ...

    def write(self, key: str, body: bytes) -> None:
        """Put a body once; the same key a second time keeps the first (writes are run twice, contents are equal)."""
        ...

    def save(self, source: Path, key: str) -> None:
        """Put a file once, as write does."""
        ...

    def link(self, key: str, seconds: int) -> str:
        """An address from which anyone may read the body for so many seconds."""
        ...

    def keys(self, prefix: str) -> tuple[str, ...]:
        """The keys that begin so, in order; at most 10,000."""
        ...


def gather(objects: Objects, prefix: str, into: Path, but: frozenset[str] = frozenset()) -> Path:
    """Every file under the prefix (but for these), beneath the folder; what is there already is not fetched again."""
    for key in objects.keys(prefix):
        file = key.removeprefix(prefix)
        if file not in but and not (into / file).exists():
            objects.fetch(key, into / file)
    return into
