"""What each function's handler binds: its verbs and the settings that they are bound with."""

import runpy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import pytest
from pydantic import BaseModel

from shared import wiring
from stacks.synth import ROOT

FUNCTIONS = tuple(sorted(path.parent.name for path in ROOT.glob("functions/*/handler.py")))


@dataclass(frozen=True)
class Bound:
    """A verb, and the class of the settings that its ports are made from."""

    verb: Callable[..., object]
    settings: type[BaseModel]


@cache
def bound(function: str) -> tuple[Bound, ...]:
    """All that the function's handler binds while it is imported."""
    with _watching() as seen:
        runpy.run_path(str(ROOT / "functions" / function / "handler.py"))
    return tuple(seen)


def ports(function: str) -> frozenset[str]:
    """The ports that the function's verbs name."""
    return frozenset(port for one in bound(function) for port in wiring.ports(one.verb))


@contextmanager
def _watching() -> Iterator[list[Bound]]:
    """Note what is bound; it is bound all the same."""
    seen: list[Bound] = []

    def noted(binds: Callable[..., Callable[..., object]]) -> Callable[..., Callable[..., object]]:
        def binding(verb: Callable[..., object], config: type[BaseModel]) -> Callable[..., object]:
            seen.append(Bound(verb, config))
            return binds(verb, config)

        return binding

    with pytest.MonkeyPatch.context() as patch:
        for binds in (wiring.bind, wiring.step):
            patch.setattr(wiring, binds.__name__, noted(binds))
        yield seen
