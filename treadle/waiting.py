"""Waiting: the run of a model that waits for approval, for who does not name one."""

from typing import TYPE_CHECKING, Annotated

import typer

from treadle.errors import Refused

if TYPE_CHECKING:
    from treadle.client import Client

Run = Annotated[str, typer.Argument(metavar="[RUN]", help="Which run; else the one that waits.", show_default=False)]


def waiting(client: "Client", model: str) -> str:
    """The run that waits; raises Refused where none does."""
    running = client.get(f"/models/{model}")["running"]
    if running and running["status"] == "waiting":
        return str(running["run"])
    raise Refused(f"no run of {model} waits for approval", f"treadle runs list {model}")
