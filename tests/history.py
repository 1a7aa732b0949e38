"""What has happened to a model before a test begins, in the domain's words."""

from collections.abc import Callable

from shared.domain.change import Change, Noun, Receipt, Ref
from shared.domain.model import Model
from shared.domain.reason import Reason
from shared.domain.run import Cause, CauseKind, RunStatus
from shared.domain.serving import Arm, Role
from shared.ports.registry import Registry
from tests.examples import MODEL, applied, cause, later, order, spec, upload, version

RUN, NEXT, THIRD = "run_1", "run_2", "run_3"
Decide = Callable[[Model], Change]


def having_applied(registry: Registry, model: str = MODEL) -> Receipt:
    return registry.commit(Model.unknown(model).apply(order("apply"), applied(of=spec(model))))


def decide(registry: Registry, decision: Decide, *refs: Ref) -> Receipt:
    return registry.commit(decision(registry.model(MODEL, *refs)))


def having_received(registry: Registry, name: str, run: str, minutes: float = 0) -> Receipt:
    at = later(minutes)
    return decide(registry, lambda model: model.receive(order(name), upload(name, at=at), cause(name), run, at))


def having_registered(registry: Registry, run: str, minutes: float = 0) -> int:
    """The number of the version that the running run registers."""
    given = order(f"register {run}", run=run)
    return decide(registry, lambda model: model.register(given, version(run, later(minutes)))).version or 0


def having_promoted(registry: Registry, number: int, minutes: float = 0, run: str = "") -> Receipt:
    given = order(f"promote {number}", run=run)
    return decide(registry, lambda model: model.promote(given, number, later(minutes)), Ref(Noun.VERSION, number))


def having_challenged(registry: Registry, number: int, share: float, minutes: float, run: str, step: int = 0) -> int:
    """The run tries the version at a share of the rows; the revision of the record that serves then."""
    given = order(f"deploy {number}-{step}", run=run)
    arm = Arm(number, Role.CHALLENGER, share, "ab12")
    return decide(
        registry, lambda model: model.challenge(given, arm, later(minutes)), Ref(Noun.VERSION, number)
    ).revision


def having_drilled(registry: Registry, run: str, minutes: float = 0) -> Receipt:
    """A person wants to see that a champion's copy which breaks is noticed."""
    told = Cause(CauseKind.COMMAND, "cmd_drill")
    return decide(registry, lambda model: model.drill(order(f"drill {run}"), told, run, later(minutes)))


def having_ended(registry: Registry, run: str, minutes: float = 0) -> Receipt:
    reason = Reason("gate_failed", "roc_auc is too low")
    return decide(
        registry, lambda model: model.end(order(f"end {run}"), run, RunStatus.REJECTED, reason, later(minutes))
    )


def having_a_champion(registry: Registry) -> None:
    having_applied(registry)
    having_received(registry, "january", RUN, 1)
    having_promoted(registry, having_registered(registry, RUN, 2), 3, run=RUN)


def having_spec(registry: Registry, number: int, minutes: float) -> Receipt:
    return decide(registry, lambda model: model.apply(order(f"spec {number}"), applied(number, at=later(minutes))))
