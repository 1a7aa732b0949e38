"""Uploads: files in the data bucket, and what became of them."""

from datetime import datetime

from shared.api.views.view import View
from shared.domain.upload import Upload


class UploadView(View):
    """One file; `dataset` is the data version that it went into, null until its run has made one."""

    id: str
    model: str
    status: str
    reason: str | None
    file: str
    bytes: int
    received_at: datetime
    run: str | None
    dataset: str | None


def upload(of: Upload, dataset: str = "") -> UploadView:
    """An upload; with its data version, where that is known."""
    return UploadView(
        id=of.id,
        model=of.model,
        status=of.status,
        reason=of.reason or None,
        file=of.place.key,
        bytes=of.bytes,
        received_at=of.at,
        run=of.run or None,
        dataset=dataset or None,
    )
