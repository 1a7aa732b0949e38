"""Retirements: the account of a version's last retirement, among those that were written for one."""

from shared.domain import places, record
from shared.domain.change import Noun, Ref
from shared.domain.errors import NotFound, Problem
from shared.domain.retirement import Retirement
from shared.ports.objects import Objects
from shared.ports.registry import Registry


def retirement(registry: Registry, artifacts: Objects, model: str, version: int) -> Retirement:
    """Why it was retired last; raises NotFound for one that never was.

    An account is written before its decision, so it counts once the decision's command is known.
    """
    prefix = places.retirements(model, version)
    orders = [key.removeprefix(prefix).removesuffix(".json") for key in artifacts.keys(prefix)]
    decided = registry.model(model, *(Ref(Noun.COMMAND, order) for order in orders)).commands
    if not decided:
        fix = f"treadle versions show {model} {version}"
        raise NotFound(f"version {version} of {model} was never retired", Problem("/version", "not retired", fix=fix))
    last = max(decided.values(), key=lambda command: command.receipt.revision)
    return record.read(Retirement, artifacts.read(places.retirement(model, version, last.id)))
