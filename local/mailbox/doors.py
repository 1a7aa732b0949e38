"""The mailbox over HTTP: moto posts letters in, functions post to Slack's door, people and programs read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
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


class SlackMessage(BaseModel):
    """What a webhook of Slack is sent; its address says the channel, unless it may post into every one."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str = Field(min_length=1)
    channel: str = ""


class MailboxDoors:
    """The routes of one mailbox."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    def routes(self) -> list[Route]:
        """`POST /_local/mailbox`, `POST /_local/slack/…`, `GET /mailbox` and `GET /mailbox.json?to=…`."""
        return [
            Route("/_local/mailbox", self._take, methods=["POST"]),
            Route("/_local/slack/{webhook:path}", self._take_from_slack, methods=["POST"]),
            Route("/mailbox", self._page),
            Route("/mailbox.json", self._json),
        ]

    async def _take(self, request: Request) -> Response:
        delivery = Delivery.model_validate_json(await request.body())
        return JSONResponse({"id": self._keep(delivery)}, 202)

    async def _take_from_slack(self, request: Request) -> Response:
        """Answers with Slack's own words."""
        try:
            message = SlackMessage.model_validate_json(await request.body())
        except ValidationError:
            return PlainTextResponse("invalid_payload", 400)
        channel = message.channel.removeprefix("#") or request.path_params["webhook"]
        self._keep(Delivery(to=f"slack:{channel}", via="slack", message=message.text))
        return PlainTextResponse("ok")

    def _keep(self, delivery: Delivery) -> int:
        letter = Letter(id=self._mailbox.next_id(), at=datetime.now(UTC), **delivery.model_dump())
        self._mailbox.keep(letter)
        return letter.id

    async def _page(self, request: Request) -> Response:
        return HTMLResponse(render(self._wanted(request)))

    async def _json(self, request: Request) -> Response:
        items = [letter.model_dump(mode="json") for letter in self._wanted(request)]
        return JSONResponse({"items": items, "next": None})

    def _wanted(self, request: Request) -> list[Letter]:
        to = request.query_params.get("to", "")
        return [letter for letter in self._mailbox.newest_first() if not to or letter.to == to]
