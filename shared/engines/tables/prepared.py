"""What goes in and what comes out: the source of a data version, and what was made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from shared.domain.dataset import Reject


@dataclass(frozen=True, slots=True)
class Source:
    """An upload (its name ends as the uploaded file's did), and what the last accepted data version left behind.

    `captured` holds rows that were predicted and fed back since: JSON lines of the spec's columns and `sql.ID`.
    """

    upload: Path | None = None
    previous: Path | None = None  # its rows.parquet
    captured: Path | None = None
    vocabulary: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cut: datetime | None = None
    learned_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A data version on disk: its counts, its span and the fingerprint of its content."""

    rows: int
    train_rows: int
    test_rows: int
    skipped: int
    rejected: tuple[Reject, ...]  # the first hundred cells
    rejected_count: int  # rows of the upload
    fingerprint: str
    cut: datetime | None
    learned_until: datetime | None  # the newest training instant
    first_at: datetime | None
    last_at: datetime | None
    positives: float | None  # their share of the training rows
    captured: int = 0  # rows that came in by predict and feedback, and were not there before
