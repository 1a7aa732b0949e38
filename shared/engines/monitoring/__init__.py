"""Monitoring: hours of counts and sums become windows, and windows figures with the thresholds they are held against.

What is usual comes from replaying the reference, the rows that the version was made of, at the window's own size and
season. numpy and scipy alone, hence the layer of learning.
"""

from shared.engines.monitoring.drift import drift
from shared.engines.monitoring.drop import estimated, realised
from shared.engines.monitoring.hours import Hours, captured
from shared.engines.monitoring.panel import Panel
from shared.engines.monitoring.reference import Reference, Rows, reference
from shared.engines.monitoring.replay import Budget, replayed

__all__ = [
    "Budget", "Hours", "Panel", "Reference", "Rows", "captured", "drift", "estimated", "realised", "reference",
    "replayed",
]  # fmt: skip
