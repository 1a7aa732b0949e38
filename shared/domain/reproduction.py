"""Reproduction: a version is fitted once more from what is recorded of it, and must answer as it did."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain import turn
from shared.domain.artifact import Manifest
from shared.domain.change import Change
from shared.domain.decision import decided, once
from shared.domain.errors import Problem, StageConflict
from shared.domain.model import Model
from shared.domain.order import Order
from shared.domain.reason import Reason
from shared.domain.run import BeginAt, Cause, RunStatus
from shared.domain.stage import Stage
from shared.domain.version import Version

TOLERANCE = 1e-5
"""How far answers to golden rows may lie apart: a probability, or a value as a share of the largest of them.

Answers are kept in float64 and served in float32, which alone moves them by about 1e-7.
"""

ENDS: Mapping[str, RunStatus] = {"reproduced": RunStatus.SUCCEEDED, "not_reproduced": RunStatus.REJECTED}
"""What the comparison came to → how the run ends."""

_DIGITS = 12
"""Of a hash, for people."""


@once
def begin(model: Model, order: Order, number: int, cause: Cause, run: str, at: datetime) -> Change:
    """A run makes the version once more, pinned to its spec and data version; nothing of the version changes.

    Raises NotFound, StageConflict for a version whose bytes were erased, RunConflict while another run is open.
    """
    version = model.version(number)
    _must_be_kept(version)
    head, moves, begun = turn.enter(model.head, run, cause, order, at, BeginAt.TRAIN, number)
    pinned = replace(begun, spec=version.spec, dataset=version.dataset)
    return decided("reproduce", order, head, at, *moves, items=(pinned,))


def _must_be_kept(version: Version) -> None:
    if version.stage is Stage.PURGED:
        kept = "a version whose artifact is kept"
        fix = f"treadle versions list {version.model}"
        problem = Problem("/version", "its artifact was erased, and is not made again", version.stage, kept, fix)
        raise StageConflict(f"version {version.number} is purged, so it cannot be reproduced", problem)


def erased(number: int) -> Reason:
    """Why nothing is compared with a version that was purged while it was made once more."""
    return Reason("not_reproduced", f"version {number} was purged meanwhile, and its artifact is not made again")


@dataclass(frozen=True, slots=True)
class Reproduction:
    """What was made then and now, and how far the answers of now lie from those that were kept (NaN: no number)."""

    then: Manifest
    now: Manifest
    gap: float

    @property
    def reason(self) -> Reason:
        """reproduced or not_reproduced, and why in one sentence; what has changed since then comes first."""
        same = self.gap <= TOLERANCE and not self._decides()
        code = "reproduced" if same else "not_reproduced"
        return Reason(code, "; ".join((*self._changed(), self._bytes(), *self._decides(), self._answers())))

    def _changed(self) -> tuple[str, ...]:
        """Why equal answers were not promised: other code, or other libraries."""
        if self.then.code != self.now.code:
            codes = f"code {self.then.code[:_DIGITS]} then, {self.now.code[:_DIGITS]} now"
            return (f"{codes}, so equal answers are not promised", *self._libraries())
        return self._libraries()

    def _libraries(self) -> tuple[str, ...]:
        names = sorted(self.then.made_with.keys() | self.now.made_with.keys()) if self.then.made_with else ()
        pairs = ((name, self.then.made_with.get(name, "none"), self.now.made_with.get(name, "none")) for name in names)
        return tuple(f"{name} {then} then, {now} now" for name, then, now in pairs if then != now)

    def _decides(self) -> tuple[str, ...]:
        """The threshold, where it is another one: equal probabilities would be told as other values."""
        then, now = (each.signature.output.threshold or 0.0 for each in (self.then, self.now))
        return (f"threshold {then:.6g} then, {now:.6g} now",) if abs(then - now) > TOLERANCE else ()

    def _bytes(self) -> str:
        then, now = self.then.sha256[:_DIGITS], self.now.sha256[:_DIGITS]
        return f"the same to the byte, {then}" if then == now else f"other bytes: {then} then, {now} now"

    def _answers(self) -> str:
        rows = len(self.then.golden)
        return f"{rows} golden rows are answered within {self.gap:.1e} of what was kept, {TOLERANCE:.0e} is allowed"
