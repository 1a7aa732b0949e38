"""Datasets: accepted data versions."""

from datetime import datetime

from shared.api.views.view import View
from shared.domain.dataset import Dataset


class DatasetView(View):
    """A data version: its rows, how they are split for ever, and where they came from: files, and captured rows."""

    id: str
    model: str
    run: str
    previous: str | None
    uploads: tuple[str, ...]
    spec: int
    fingerprint: str
    rows: int
    train_rows: int
    test_rows: int
    skipped_rows: int
    rejected_rows: int
    captured_rows: int
    positive_share: float | None
    accepted_at: datetime
    cut_at: datetime | None
    learned_until_at: datetime | None
    first_row_at: datetime | None
    last_row_at: datetime | None


def dataset(of: Dataset) -> DatasetView:
    """A data version."""
    return DatasetView(
        id=of.id,
        model=of.model,
        run=of.run,
        previous=of.previous or None,
        uploads=of.uploads,
        spec=of.spec,
        fingerprint=of.fingerprint,
        rows=of.rows,
        train_rows=of.train_rows,
        test_rows=of.test_rows,
        skipped_rows=of.skipped,
        rejected_rows=of.rejected,
        captured_rows=of.captured,
        positive_share=of.positives,
        accepted_at=of.at,
        cut_at=of.cut,
        learned_until_at=of.learned_until,
        first_row_at=of.first_at,
        last_row_at=of.last_at,
    )
