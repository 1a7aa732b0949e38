"""Strict: settings never change, and hold nothing that they do not name."""

from pydantic import ConfigDict

STRICT = ConfigDict(frozen=True, extra="forbid")
