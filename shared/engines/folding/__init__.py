"""Captured rows of one slot as arrays, and what they come to. Engine of fold: numpy alone."""

from shared.engines.folding.arrivals import Arrivals, Asked, Told, sorted_by_slot
from shared.engines.folding.counting import Reach, folding, reach, versions
from shared.engines.folding.known import Known
from shared.engines.folding.slot import EMPTY, Slot, decoded, encoded

__all__ = [
    "EMPTY", "Arrivals", "Asked", "Known", "Reach", "Slot", "Told", "decoded", "encoded", "folding", "reach",
    "sorted_by_slot", "versions",
]  # fmt: skip
