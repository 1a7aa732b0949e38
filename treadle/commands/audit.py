"""Audit: every decision about a model, by whom and why."""

from typing import TYPE_CHECKING

import typer

from treadle import formats
from treadle.listing import listing, more
from treadle.said import Said, Table
from treadle.session import connect
from treadle.switches import Limit, Model

if TYPE_CHECKING:
    from treadle.client import Json


def audit(context: typer.Context, model: Model, limit: Limit = 50) -> Said:
    """Tell every decision about a model, the newest first."""
    page = listing(connect(context), f"/models/{model}/audit", limit)
    rows = tuple(map(_row, page["items"]))
    ids = tuple(each["id"] for each in page["items"])
    text = Table(("at", "by", "action", "what moved", "why"), rows)
    return Said(page, (text, *more(page, f"audit {model}")), ids, f"treadle models show {model}")


def _row(each: "Json") -> tuple[str, ...]:
    moved = "; ".join(map(_move, each["moves"]))
    return formats.instant(each["at"]), each["by"], each["action"], moved, each["reason"]


def _move(move: "Json") -> str:
    """version 1: champion → draining."""
    way = f"{move['from']} → {move['to']}" if move["from"] not in (None, move["to"]) else move["to"]
    return f"{move['noun']} {move['id']}: {way}"
