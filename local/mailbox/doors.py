"""The mailbox over HTTP: moto posts letters in, people read the page, programs read the JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from local.mailbox.page import render
from local.mailbox.store import Letter, Mailbox


class Delivery(BaseModel):
    """A letter as moto's patch posts it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    to: str
    via: str
    subject: str = ""
    message: str
    topic: str = ""
    attributes: Mapping[str, str] = Field(default_factory=dict)


class MailboxDoors:
    """The routes of one mailbox."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    def routes(self) -> list[Route]:
        """`POST /_local/mailbox`, `GET /mailbox` and `GET /mailbox.json?to=…`."""
        return [
            Route("/_local/mailbox", self._take, methods=["POST"]),
            Route("/mailbox", self._page),
            Route("/mailbox.json", self._json),
        ]

    async def _take(self, request: Request) -> Response:
        delivery = Delivery.model_validate_json(await request.body())
        letter = Letter(id=self._mailbox.next_id(), at=datetime.now(UTC), **delivery.model_dump())
        self._mailbox.keep(letter)
        return JSONResponse({"id": letter.id}, 202)

    async def _page(self, request: Request) -> Response:
        return HTMLResponse(render(self._wanted(request)))

    async def _json(self, request: Request) -> Response:
        items = [letter.model_dump(mode="json") for letter in self._wanted(request)]
        return JSONResponse({"items": items, "next": None})

    def _wanted(self, request: Request) -> list[Letter]:
        to = request.query_params.get("to", "")
        return [letter for letter in self._mailbox.newest_first() if not to or letter.to == to]
