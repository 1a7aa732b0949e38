"""Downloads: where a large body can be read for a while."""

from datetime import datetime, timedelta

from shared.api.views.view import View
from shared.ports.clock import Clock
from shared.ports.objects import Objects

OPEN_FOR_S = 900


class DownloadView(View):
    """An address that needs no token until it expires, and the hash to check the bytes with."""

    url: str
    sha256: str
    bytes: int
    expires_at: datetime


def download(key: str, sha256: str, size: int, artifacts: Objects, clock: Clock) -> DownloadView:
    """A link to a body; raises NotFound."""
    until = clock.now() + timedelta(seconds=OPEN_FOR_S)
    return DownloadView(url=artifacts.link(key, OPEN_FOR_S), sha256=sha256, bytes=size, expires_at=until)
