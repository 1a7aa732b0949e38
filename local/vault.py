"""Secrets that have to be the same after a restart, in a file that its owner alone can read."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from pathlib import Path

from pydantic import TypeAdapter

_SECRETS = TypeAdapter(dict[str, str])


class Vault:
    """Named secrets; the first one to ask for a name makes it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()

    def secret(self, name: str, make: Callable[[], str] = secrets.token_urlsafe) -> str:
        """The secret of that name, made and kept if there was none."""
        with self._lock:
            kept = _SECRETS.validate_json(self.path.read_bytes()) if self.path.exists() else {}
            if name not in kept:
                kept[name] = make()
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self.path.touch(mode=0o600)
                self.path.write_bytes(_SECRETS.dump_json(kept))
            return kept[name]
