"""AppliedSpec: one numbered version of a model's spec, in its resolved form."""

from dataclasses import dataclass
from datetime import datetime

from shared.domain.spec import Spec


@dataclass(frozen=True, slots=True)
class AppliedSpec:
    """Spec number n of a model; `digest` is the sha256 of its canonical JSON, so that the same content twice is one."""

    model: str
    number: int
    spec: Spec
    digest: str
    at: datetime
    by: str
