"""Refusal: what any registry says when the state has moved since it was read, or when it cannot be read so."""

from datetime import datetime

from shared.domain.attempt import Attempt
from shared.domain.change import Move
from shared.domain.errors import (
    Conflict,
    Error,
    LateWrite,
    NotFound,
    Problem,
    RequestRefused,
    RevisionMoved,
    StageConflict,
    Superseded,
    TooLarge,
)
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


def late(attempt: Attempt) -> LateWrite:
    """LateWrite: the machine gave this try up and began a newer one, which is the one that writes."""
    said = f"a newer try of {attempt.state} of run {attempt.run} has begun"
    fix = f"treadle runs show {attempt.model} {attempt.run}"
    return LateWrite(said, Problem("/attempt", "this try was given up", f"try {attempt.retry}", "the newest try", fix))


def too_many(asked: int, most: int) -> Error:
    """TooLarge: more items than one reading takes."""
    problem = Problem("/refs", "too many items", str(asked), f"at most {most}", "read them in parts")
    return TooLarge(f"a reading takes {most} items", problem)


def before_the_first(model: str, at: datetime) -> Error:
    """NotFound: nothing was recorded of the model by then."""
    problem = Problem("/at", "before the first record", str(at), fix=f"treadle audit {model[:40]}")
    return NotFound(f"nothing is known of {model[:40]} at {at}", problem)


def no_cursor() -> Error:
    """RequestRefused: a cursor of another list, or of none."""
    fix = "begin again without a cursor"
    problem = Problem("/cursor", "no cursor of this list", expected="what `next` said", fix=fix)
    return RequestRefused("the cursor is of no page of this list", problem)
