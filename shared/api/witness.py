"""Witness: who hears of a call beside its caller, so that the doors themselves write nothing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from shared.api.answer import Answer, Response, response
from shared.api.door import Unexpected
from shared.api.event import Event

Measured = Callable[[str, datetime, Mapping[str, float]], None]
"""Who is told of a model's figures: model, when, metric → value."""

Captured = Callable[[Iterable[bytes]], None]
"""Who is told of the lines that are captured."""


@dataclass(frozen=True, slots=True)
class Witness:
    """Of errors that nobody foresaw, of figures, and of what is captured."""

    unexpected: Unexpected
    measured: Measured
    captured: Captured


def witnessed(endpoint: Callable[[Event, Witness], Answer], witness: Witness) -> Callable[[object], Response]:
    """The way from the gateway's event to its answer; `endpoint` is an `answer` with its ports."""
    return lambda given: response(endpoint(Event.model_validate(given), witness))
