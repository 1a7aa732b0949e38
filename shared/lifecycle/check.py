"""Check: a spec as people write it, and what applying it would do; nothing is written."""

from dataclasses import dataclass
from enum import StrEnum

from shared.documents import spec as document
from shared.domain.change import Noun, Ref
from shared.domain.errors import NotFound
from shared.domain.spec import Spec, digest
from shared.domain.spec.size import must_fit
from shared.ports.registry import Registry


class Difference(StrEnum):
    """Whether the content differs from the newest spec's: the same content twice is one."""

    NONE = "none"
    CHANGED = "changed"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Request:
    """The resolved spec; it names its model."""

    spec: Spec


@dataclass(frozen=True, slots=True)
class Checked:
    """The number that the spec has or would get."""

    number: int
    difference: Difference


def parsed(text: str, file: str) -> Spec:
    """The spec that a text in YAML or JSON says; raises SpecRefused with every problem and its line."""
    return document.read(text, file)


def run(request: Request, *, registry: Registry) -> Checked:
    """What applying the spec would do; the model may be new. Raises TooLarge, as applying it does."""
    must_fit(request.spec)
    try:
        number = registry.model(request.spec.model).head.spec
        newest = registry.model(request.spec.model, Ref(Noun.SPEC, number)).spec(number)
    except NotFound:
        return Checked(1, Difference.NEW)
    if newest.digest == digest(request.spec):
        return Checked(number, Difference.NONE)
    return Checked(number + 1, Difference.CHANGED)
