"""Version: an accepted candidate with its number and lineage; content never changes, only the stage does."""

from dataclasses import dataclass
from datetime import datetime

from shared.domain.reason import NO_REASON, Reason
from shared.domain.stage import Stage


@dataclass(frozen=True, slots=True)
class Version:
    """A registered version. `artifact` is the sha256 that names model and manifest; `metric` its headline figure."""

    model: str
    number: int
    artifact: str
    run: str
    dataset: str
    spec: int
    metric: str
    score: float
    at: datetime
    by: str
    learned_until: datetime | None
    stage: Stage
    since: datetime
    reason: Reason = NO_REASON
