"""Uploads: files in the data bucket, what became of them, and where a new one may be put."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.api.views.view import View
from shared.domain.upload import Upload
from shared.lifecycle.expect import Expected

_NAME = r"[^/\\\x00-\x1f\x7f]{1,200}"


class UploadAsked(BaseModel):
    """A file that somebody wants to upload: what for, its name, its length, and its hash in hexadecimal digits."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
    kind: Literal["dataset", "batch", "onnx"]
    filename: Annotated[str, Field(pattern=f"^{_NAME}$", description="Without a folder; its end says what it is.")]
    bytes: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class TicketView(View):
    """Leave to put one file: send it to `url` by `method` with all of these `headers`, before `expires_at`."""

    id: str
    file: str
    method: Literal["PUT"]
    url: str
    headers: Mapping[str, str]
    expires_at: datetime


class UploadView(View):
    """One file; `received_at` is null while it is expected, `dataset` until its run has made a data version.

    `by` asked for its URL, and `sha256` is what they said of it; null for one that was put straight into the bucket.
    """

    id: str
    model: str
    status: str
    reason: str | None
    file: str
    bytes: int
    by: str | None
    sha256: str | None
    received_at: datetime | None
    run: str | None
    dataset: str | None


def ticket(of: Expected) -> TicketView:
    """Where a file may be put."""
    place = of.ticket.place
    return TicketView(
        id=of.upload.id,
        file=place.key,
        method="PUT",
        url=of.ticket.url,
        headers=of.ticket.headers,
        expires_at=of.expires,
    )


def upload(of: Upload, dataset: str = "") -> UploadView:
    """An upload; with its data version, where that is known."""
    return UploadView(
        id=of.id,
        model=of.model,
        status=of.status,
        reason=of.reason or None,
        file=of.place.key,
        bytes=of.bytes,
        by=of.by or None,
        sha256=of.sha256 or None,
        received_at=of.at if of.place.version else None,
        run=of.run or None,
        dataset=dataset or None,
    )
