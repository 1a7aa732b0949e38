"""Callers: who asked a model, which version, and when last."""

from datetime import datetime

from shared.api.views.view import View
from shared.domain.retirement import Called


class CallerView(View):
    """A program that asked, how many rows of it that version answered, and when last."""

    caller: str
    version: int
    rows: int
    last_at: datetime


def caller(of: Called, version: int) -> CallerView:
    """One program and version."""
    return CallerView(caller=of.name, version=version, rows=of.rows, last_at=of.last_at)
