"""The mailbox's store: one JSON line a letter in the state directory, read once at start."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


class Letter(BaseModel):
    """One message to one subscriber; `via` is SNS's protocol (email, sms, https …), `to` its endpoint."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: int
    at: datetime
    via: str
    to: str
    subject: str = ""
    message: str
    topic: str = ""
    attributes: Mapping[str, str] = Field(default_factory=dict)


class Mailbox:
    """All letters, oldest first."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        self._letters = [Letter.model_validate_json(line) for line in lines]

    def next_id(self) -> int:
        """The number of the next letter; they rise by one."""
        return len(self._letters) + 1

    def keep(self, letter: Letter) -> None:
        """Keep a letter, on disk before this returns."""
        with self._lock:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(letter.model_dump_json() + "\n")
            self._letters.append(letter)

    def newest_first(self) -> list[Letter]:
        """All letters, the newest first."""
        return self._letters[::-1]
