"""Case: an event in its decision, and where the other facts of its letter are."""

from dataclasses import dataclass
from datetime import datetime

from shared.domain import places, record
from shared.domain.approval import Approval
from shared.domain.change import Audit, Noun, Ref
from shared.domain.errors import NotFound
from shared.domain.event import Event
from shared.domain.hold import held
from shared.domain.limit import Outcome
from shared.domain.run import Run, Step
from shared.domain.stage import Stage
from shared.domain.verdict import Verdict
from shared.ports.objects import Objects
from shared.ports.registry import Query, Registry

RELATIVE = frozenset({"may_lose", "must_gain"})
"""The limits that hold a candidate against the champion."""


@dataclass(frozen=True, slots=True)
class _Beside:
    """Of a run's scores, which version the candidate was measured beside."""

    champion: int | None


@dataclass(frozen=True, slots=True)
class Judged:
    """Of a run's evaluation, what letters quote."""

    scores: _Beside
    verdict: Verdict

    @property
    def unbeaten(self) -> int | None:
        """The champion that the candidate was no better than, where it was refused for that."""
        lost = any(gate.outcome is Outcome.FAILED and gate.rule in RELATIVE for gate in self.verdict.gates)
        return self.scores.champion if lost else None

    @property
    def gains(self) -> tuple[str, ...]:
        """How the candidate did beside the champion."""
        return tuple(gate.sentence for gate in self.verdict.gates if gate.rule in RELATIVE and gate.interval)


@dataclass(frozen=True, slots=True)
class Case:
    """An event in its decision, and where the other facts of its letter are."""

    event: Event
    audit: Audit
    registry: Registry
    artifacts: Objects

    def moved(self, stage: Stage) -> int | None:
        """The version that this decision moved to the stage, if it did."""
        moves = (move for move in self.audit.moves if (move.noun, move.now) == (Noun.VERSION, stage))
        return next((int(move.id) for move in moves), None)

    def run(self) -> Run:
        """The run that the event is about."""
        return self.registry.model(self.event.model, Ref(Noun.RUN, self.event.subject)).run(self.event.subject)

    def serving(self) -> int | None:
        """The champion of now, if there is one."""
        champion = self.registry.model(self.event.model).serving.champion
        return champion.version if champion else None

    def sunset(self, version: int | None) -> datetime | None:
        """Until when the version drains, as this decision left it."""
        arms = self.registry.serving_at(self.event.model, self.event.at).arms if version else ()
        return next((arm.sunset for arm in arms if arm.version == version), None)

    def steps(self, run: str) -> tuple[Step, ...]:
        """What each verb of a run did, oldest first."""
        listed = self.registry.page(Query(Noun.STEP, self.event.model, run=run)).items
        return tuple(sorted((step for step in listed if isinstance(step, Step)), key=lambda step: step.at))

    def judged(self, run: str) -> tuple[Judged, ...]:
        """What a run's candidate was judged by; nothing for one that came to no verdict."""
        try:
            return (record.read(Judged, self.artifacts.read(places.evaluation(self.event.model, run))),)
        except NotFound:
            return ()

    def approval(self) -> Approval:
        """Whose word the run waits for."""
        run = Ref(Noun.RUN, self.event.subject)
        return held(self.registry.model(self.event.model, run, Ref(Noun.APPROVAL, run.id)), self.event.subject)
