"""Replay: what a shadow answered to rows that callers had sent, beside the champion's answers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Replay:
    """Rows that the champion answers, and those of them that the challenger failed; how far the answers lie apart.

    Differences are absolute, of the probability (or the value), over rows that both answered: their mean and the
    largest. `decided` counts the rows on which the two decide differently; regressions decide nothing.
    """

    rows: int
    failed: int
    mean: float = 0.0
    largest: float = 0.0
    decided: int = 0

    @property
    def failed_share(self) -> float:
        """The share of the rows that the challenger failed, 0–1."""
        return self.failed / self.rows if self.rows else 0.0
