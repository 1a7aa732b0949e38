"""Order: what somebody asks for, and the id under which a repeat is answered with the first outcome."""

from dataclasses import dataclass

from shared.domain.names import digest_id


@dataclass(frozen=True, slots=True)
class Order:
    """Who asks, why, under which command id; `run` when a run asks, `revision` when the caller sent If-Match."""

    id: str
    by: str
    reason: str
    body: str = ""
    run: str = ""
    revision: int | None = None


def command_id(*parts: str) -> str:
    """A command id that the same parts always give, such as subject and Idempotency-Key."""
    return digest_id("cmd", *parts)


def step_order(run: str, step: str, reason: str) -> Order:
    """The order that a step of a run gives: run twice, it is answered once."""
    return Order(command_id(run, step), by=f"treadle:{step}", reason=reason, run=run)
