"""Refusal: what the registry says when the state has moved between a reading and the decision that it led to."""

from shared.domain.change import Move
from shared.domain.errors import Conflict, Error, Problem, RevisionMoved, StageConflict, Superseded
from shared.domain.order import Order


def revision_moved(model: str, order: Order, present: int) -> Error:
    """RevisionMoved for a caller who named a revision, else Conflict: sent again, the order may hold."""
    said = f"{model} is at revision {present} now"
    if order.revision is None:
        return Conflict(said, Problem("/revision", "decided at the same moment", str(present), fix="send it again"))
    expected = str(present)
    return RevisionMoved(
        said, Problem("/If-Match", "the state has moved", str(order.revision), expected, "read it again")
    )


def state_moved(move: Move, present: str) -> Error:
    """StageConflict: the item is not in the state that the move starts from ("" = absent)."""
    return StageConflict(
        f"{move.noun} {move.id} is {present or 'absent'}, so it cannot become {move.now}",
        Problem(f"/{move.noun}", "not from this state", present or "absent", move.was or "absent", "read it again"),
    )


def fenced(run: str) -> Error:
    """Superseded: the run that records is over, so that its record would be of nothing."""
    return Superseded(f"run {run} no longer runs", Problem("/run", "it has ended", fix="start another run"))
