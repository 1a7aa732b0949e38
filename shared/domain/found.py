"""Found: an item that a model was read with, of the kind that was asked for."""

from collections.abc import Mapping
from typing import Protocol, TypeVar

from shared.domain.change import Item, Ref
from shared.domain.dataset import Dataset
from shared.domain.errors import NotFound, Problem
from shared.domain.run import Run
from shared.domain.spec.applied import AppliedSpec
from shared.domain.upload import Upload
from shared.domain.version import Version

T = TypeVar("T", AppliedSpec, Version, Dataset, Run, Upload)


class Read(Protocol):
    """A reading of a model: its name, and the items that were asked for."""

    @property
    def name(self) -> str:
        """The model's name."""
        ...

    @property
    def items(self) -> Mapping[Ref, Item]:
        """Those that exist."""
        ...


def found(model: Read, ref: Ref, kind: type[T]) -> T:
    """The item; raises NotFound."""
    if isinstance(item := model.items.get(ref), kind):
        return item
    raise NotFound(
        f"{model.name} has no {ref.noun} {str(ref.id)[:40]}",
        Problem(f"/{ref.noun}", f"no such {ref.noun}", got=str(ref.id)[:99], fix=f"look at treadle {ref.noun}s list"),
    )
