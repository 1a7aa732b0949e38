"""Session: how commands reach the platform; a test gives them another transport and another bucket."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from treadle.profile import Profile, profile

if TYPE_CHECKING:
    import httpx2

    from shared.domain.upload import Place
    from treadle.client import Client


def _put(known: Profile, model: str, path: Path, progress: Callable[[int], None]) -> "Place":
    from treadle.upload import put  # noqa: PLC0415  # most commands have no use for what knows files

    return put(known, model, path, progress)


@dataclass(frozen=True, slots=True)
class Session:
    """Which platform, through what it is spoken to, and how a file gets into its bucket."""

    profile: Callable[[], Profile] = profile
    transport: "httpx2.BaseTransport | None" = None
    put: "Callable[[Profile, str, Path, Callable[[int], None]], Place]" = _put
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
