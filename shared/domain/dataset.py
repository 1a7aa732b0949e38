"""Dataset: an accepted data version; what was read, refused, split and fingerprinted."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Reject:
    """One bad cell of an upload; line counts from 1, the header is line 1."""

    line: int
    column: str
    got: str
    expected: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """A data version: the rows of `previous`, of these uploads and so many captured ones, split for ever."""

    model: str
    id: str
    run: str
    previous: str
    uploads: tuple[str, ...]
    spec: int
    fingerprint: str
    rows: int
    train_rows: int
    test_rows: int
    skipped: int
    rejected: int
    at: datetime
    cut: datetime | None = None
    learned_until: datetime | None = None
    first_at: datetime | None = None
    last_at: datetime | None = None
    positives: float | None = None
    captured: int = 0


def dataset_of(run: str) -> str:
    """The id of the data version that a run makes: it has the run's ULID, so that a second try is the same one."""
    return run.replace("run_", "ds_", 1)
