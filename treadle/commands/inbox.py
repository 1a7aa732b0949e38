"""Inbox: the e-mails, SMS and Slack messages that an embedded cloud caught; on AWS they go to their addresses."""

from typing import TYPE_CHECKING, Annotated

import typer

from treadle import formats
from treadle.errors import CannotAsk, Refused
from treadle.said import Said, Table, facts
from treadle.session import connect

if TYPE_CHECKING:
    from treadle.client import Json

Letter = Annotated[int, typer.Argument(metavar="[LETTER]", min=0, help="One letter, whole.", show_default=False)]
To = Annotated[str, typer.Option("--to", metavar="ADDRESS", help="Only letters to this address.", show_default=False)]


FIRST_LINE = 100
"""Characters."""


def inbox(context: typer.Context, letter: Letter = 0, to: To = "") -> Said:
    """Read the letters that were sent, the newest first."""
    client = connect(context)
    if not client.profile.mailbox_url:
        raise CannotAsk("this profile has no mailbox", "on AWS letters go to the owners' own addresses")
    query = {"to": to} if to else {}
    letters = client.get(f"{client.profile.mailbox_url}.json", **query)
    return _whole(letters["items"], letter) if letter else _list(letters)


def _list(letters: "Json") -> Said:
    items = letters["items"]
    rows = tuple(map(_row, items))
    text = Table(("letter", "at", "by", "to", "subject"), rows) if rows else "no letter came yet"
    ids = tuple(row[0] for row in rows)
    return Said(letters, (text,), ids, f"treadle inbox {ids[0]}" if ids else "treadle models list")


def _row(each: "Json") -> tuple[str, ...]:
    """An SMS and a message in Slack have no subject, so that their first line stands for one."""
    said = each["subject"] or (each["message"].strip().splitlines() or [""])[0][:FIRST_LINE]
    return str(each["id"]), formats.instant(each["at"]), each["via"], each["to"], said


def _whole(items: "list[Json]", number: int) -> Said:
    found = next((each for each in items if each["id"] == number), None)
    if found is None:
        raise Refused(f"there is no letter {number}", "treadle inbox")
    head = facts(to=found["to"], via=found["via"], at=formats.instant(found["at"]), subject=found["subject"])
    return Said(found, (head, "", found["message"]), (str(number),), "treadle inbox")
