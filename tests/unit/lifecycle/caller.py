"""Somebody who asks for predictions."""

from dataclasses import dataclass, field
from typing import Any

from shared.domain.artifact import Golden
from shared.domain.serving import Role
from shared.lifecycle import predict
from shared.lifecycle.predict import Request, Result
from tests.fakes.clock import SetClock
from tests.fakes.ids import CountingIds
from tests.unit.lifecycle.artifacts import Store

NOON = {"hour": 12}


@dataclass(slots=True)
class Caller:
    """Somebody who asks for predictions."""

    store: Store = field(default_factory=Store)
    clock: SetClock = field(default_factory=SetClock)
    ids: CountingIds = field(default_factory=CountingIds)

    def ask(self, *rows: Any, version: int = 0, model: str = "flights") -> Result:
        """Predict these rows."""
        return predict.run(
            Request(model, rows, version),
            servings=self.store,
            artifacts=self.store.objects,
            clock=self.clock,
            ids=self.ids,
            fresh_s=2.0,
        )


def serving(*artifacts: str, caller: Caller) -> Caller:
    """The first is the champion, the others are pinned."""
    roles = [(Role.CHAMPION, 1.0), *[(Role.PINNED, 0.0)] * (len(artifacts) - 1)]
    caller.store.serve(*((sha256, *role) for sha256, role in zip(artifacts, roles, strict=True)))
    return caller


def binary(slope: float = 0.04, threshold: float = 0.5, golden: tuple[Golden, ...] = ()) -> Caller:
    """A champion that says late from a threshold on; the probability is slope × hour."""
    caller = Caller()
    return serving(caller.store.binary(slope, threshold, golden), caller=caller)


def values(result: Result) -> list[object]:
    """The values alone."""
    return [prediction.value for prediction in result.predictions]
