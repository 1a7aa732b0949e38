"""Section retire: how long a replaced version drains, and when a retired one may be purged."""

from datetime import timedelta

from pydantic import BaseModel, Field

from shared.domain.spec.parts import SECTION
from shared.domain.spec.quantities import Duration, Lasting


class Retire(BaseModel):
    """How a version goes that was replaced."""

    model_config = SECTION
    drain: Duration = Field(
        timedelta(days=7), description="How long it still answers who pinned it, and can come back."
    )
    purge: Lasting = Field(timedelta(days=365), description="How long after that its artifact is kept.")
