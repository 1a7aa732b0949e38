"""A bucket in memory."""

from collections.abc import Callable
from pathlib import Path

from shared.domain.errors import NotFound, Problem


class MemoryObjects:
    """Keys with their versions, oldest first; what the port writes has one."""

    def __init__(self) -> None:
        self._bodies: dict[str, dict[str, bytes]] = {}

    def put(self, key: str, body: bytes) -> str:
        """Put a body over another, as people do with uploads; its version id."""
        versions = self._bodies.setdefault(key, {})
        version = f"v{len(versions) + 1}"
        versions[version] = body
        return version

    def read(self, key: str) -> bytes:
        """The whole newest body; raises NotFound."""
        return self._found(key, lambda versions: list(versions.values())[-1])

    def fetch(self, key: str, into: Path, version: str = "") -> Path:
        """The body as the file `into`; raises NotFound."""
        body = self._found(key, lambda versions: versions[version]) if version else self.read(key)
        into.parent.mkdir(parents=True, exist_ok=True)
        into.write_bytes(body)
        return into

    def write(self, key: str, body: bytes) -> None:
        """Put a body once; the first stays."""
        self._bodies.setdefault(key, {"v1": body})

    def save(self, source: Path, key: str) -> None:
        """Put a file once; the first stays."""
        self.write(key, source.read_bytes())

    def forget(self, key: str) -> None:
        """Take a body out, with all its versions."""
        self._bodies.pop(key, None)

    def link(self, key: str, seconds: int) -> str:
        """An address that no browser opens; raises NotFound."""
        self.read(key)
        return f"memory:///{key}?expires={seconds}"

    def keys(self, prefix: str) -> tuple[str, ...]:
        """The first 10,000 keys that begin so, in order."""
        return tuple(sorted(key for key in self._bodies if key.startswith(prefix))[:10_000])

    def _found(self, key: str, choose: Callable[[dict[str, bytes]], bytes]) -> bytes:
        try:
            return choose(self._bodies[key])
        except KeyError as absent:
            raise NotFound(f"no object {key}", Problem("/key", "no such object", got=key[:99])) from absent
