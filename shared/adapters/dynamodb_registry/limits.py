"""Limits: a change that the store could not hold is told so before the call, by what in it is over."""

from collections.abc import Mapping, Sequence

from shared.adapters.dynamodb_limits import TRANSACTION_WRITES, checked
from shared.adapters.dynamodb_registry.transaction import Write
from shared.domain.change import Noun
from shared.domain.errors import Problem, TooLarge

FIXES: Mapping[Noun, str] = {
    Noun.CHECK: "name fewer columns in the spec",
    Noun.COMMAND: "say the reason in fewer words",
    Noun.FINDING: "name fewer columns in the spec",
    Noun.SPEC: "name fewer columns, or shorten its texts",
    Noun.STEP: "ask for fewer slices in the spec",
}


def within(writes: Sequence[Write]) -> Sequence[Write]:
    """The writes, which one transaction can hold; raises TooLarge."""
    if (many := len(writes)) > TRANSACTION_WRITES:
        most = f"at most {TRANSACTION_WRITES}"
        problem = Problem("/moves", "more writes than one transaction takes", str(many), most, "do it in parts")
        raise TooLarge(f"this would be {many} writes at once", problem)
    for write in writes:
        fix = FIXES.get(write.about.noun, "tell the owners of the platform")
        checked(write.request.get("Put", {}).get("Item", {}), f"{write.about.noun} {str(write.about.id)[:50]}", fix)
    return writes
