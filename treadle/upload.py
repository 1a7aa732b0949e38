"""Upload: a data file goes to where the platform says, and that alone starts the wheel."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from treadle.errors import Misused
from treadle.profile import Profile

if TYPE_CHECKING:
    from treadle.client import Client, Json

Progress = Callable[[int], None]
"""Told how many bytes more have gone."""

PIECE = 1024 * 1024


def upload(profile: Profile, model: str, path: Path, progress: Progress = lambda _: None) -> str:
    """The key under which the file now lies in the data bucket; raises Refused, Misused, CannotAsk."""
    from treadle.client import Client  # noqa: PLC0415  # who has a client uses `put`

    client = Client(profile)
    try:
        return str(put(client, model, path, progress)["file"])
    finally:
        client.close()


def put(client: "Client", model: str, path: Path, progress: Progress = lambda _: None) -> "Json":
    """The upload as the platform expected it: its id, and where the file now lies. Raises Refused, Misused, CannotAsk.

    The store takes these very bytes or none, and never over others.
    """
    hold(model, path)
    asked = {"kind": "dataset", "filename": path.name, "bytes": path.stat().st_size, "sha256": _hash(path)}
    ticket = client.command(f"/models/{model}/uploads", asked)
    client.put(ticket["url"], ticket["headers"], _pieces(path, progress))
    return ticket


def hold(model: str, path: Path) -> None:
    """Raise Misused for what could not be uploaded."""
    from shared.domain.names import is_model_name  # noqa: PLC0415  # pydantic stands behind it

    if not is_model_name(model):
        raise Misused(f"{model[:99]!r} is no model's name", "a lower-case letter, then letters, digits or dashes")
    if not path.is_file():
        raise Misused(f"there is no file {path}", "name a .csv, .csv.gz, .parquet or .jsonl file")


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise Misused(f"{path} cannot be read: {error.strerror}", "name another file") from None


def _pieces(path: Path, progress: Progress) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
            progress(len(piece))
