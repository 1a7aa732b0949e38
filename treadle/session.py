"""Session: how commands reach the platform; a test gives them another transport."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from treadle.profile import Profile, profile

if TYPE_CHECKING:
    import httpx2

    from treadle.client import Client


@dataclass(frozen=True, slots=True)
class Session:
    """Which platform, through what it is spoken to, and how long a look at it is from the next."""

    profile: Callable[[], Profile] = profile
    transport: "httpx2.BaseTransport | None" = None
    pause_s: float = 0.5


def session(context: typer.Context) -> Session:
    """The session of a command."""
    found = context.obj
    return found if isinstance(found, Session) else Session()


def connect(context: typer.Context) -> "Client":
    """A client of the platform; raises CannotAsk where no profile names one."""
    from treadle.client import Client  # noqa: PLC0415  # --help has no use for HTTP

    here = session(context)
    return Client(here.profile(), here.transport)
