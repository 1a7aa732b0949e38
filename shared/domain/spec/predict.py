"""Section predict: how much is captured and for how long it is kept."""

from datetime import timedelta

from pydantic import BaseModel, Field

from shared.domain.spec.parts import SECTION
from shared.domain.spec.quantities import Lasting, Share


class Predict(BaseModel):
    """How much of what is asked and answered is captured, and for how long it is kept."""

    model_config = SECTION
    capture: Share = Field(1.0, description="The share of predictions that are captured.")
    keep: Lasting = Field(timedelta(days=90), description="How long captured rows are kept.")
