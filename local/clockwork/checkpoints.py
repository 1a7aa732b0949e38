"""How far each shard of each stream has been read, kept in the state directory so that a restart repeats nothing."""

from __future__ import annotations

import json
import threading
from pathlib import Path


class Checkpoints:
    """Sequence numbers by reader and shard."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._read: dict[str, dict[str, str]] = json.loads(path.read_text()) if path.exists() else {}

    def last(self, reader: str, shard: str) -> str:
        """The sequence number of the newest record that is done, "" if none is."""
        return self._read.get(reader, {}).get(shard, "")

    def done(self, reader: str, shard: str, sequence_number: str) -> None:
        """Keep the sequence number, on disk before this returns."""
        with self._lock:
            self._read.setdefault(reader, {})[shard] = sequence_number
            fresh = self._path.with_suffix(".new")
            fresh.write_text(json.dumps(self._read))
            fresh.replace(self._path)
