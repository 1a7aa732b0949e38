"""AppliedSpec: one numbered version of a model's spec, in its resolved form."""

from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain.head import Head, Pace
from shared.domain.serving import Serving
from shared.domain.spec import Spec


@dataclass(frozen=True, slots=True)
class AppliedSpec:
    """Spec number n of a model; `digest` is the sha256 of its canonical JSON, so that the same content twice is one."""

    model: str
    number: int
    spec: Spec
    digest: str
    at: datetime
    by: str

    def told(self, head: Head, serving: Serving) -> tuple[Head, Serving]:
        """Head and serving record of a model that goes by this spec from now on."""
        data, rate = self.spec.data, self.spec.train.at_most
        pace = Pace(rate.count, rate.length) if rate else None
        drain, replaces = self.spec.retire.drain, data.uploads == "replace"
        captured = replace(serving, key=tuple(data.key), capture=self.spec.predict.capture)
        return replace(head, spec=self.number, pace=pace, replaces=replaces, drain=drain), captured
