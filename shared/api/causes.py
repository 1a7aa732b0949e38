"""Causes: what made a run, in words."""

from collections.abc import Callable, Mapping

from shared.domain.change import Noun, Ref
from shared.domain.finding import Finding
from shared.domain.model import Model
from shared.domain.run import Cause, CauseKind
from shared.domain.upload import Upload
from shared.ports.registry import Registry

NOUNS: Mapping[CauseKind, Noun] = {
    CauseKind.UPLOAD: Noun.UPLOAD,
    CauseKind.COMMAND: Noun.COMMAND,
    CauseKind.FINDING: Noun.FINDING,
}
"""What a cause is the id of; a slot of the schedule is nothing of its own."""


def told(registry: Registry, name: str, cause: Cause) -> str:
    """The cause in one sentence; "" where what it names is not there (yet)."""
    if cause.kind not in NOUNS:
        return "train.every had come round"
    ref = Ref(NOUNS[cause.kind], cause.id)
    return WORDS[cause.kind](registry.model(name, ref), ref)


def _upload(model: Model, ref: Ref) -> str:
    found = model.items.get(ref)
    return f"{found.place.key.rpartition('/')[2]} was uploaded" if isinstance(found, Upload) else ""


def _command(model: Model, ref: Ref) -> str:
    found = model.commands.get(str(ref.id))
    return f"{found.receipt.by} asked for it: {found.receipt.reason}" if found else ""


def _finding(model: Model, ref: Ref) -> str:
    found = model.items.get(ref)
    return found.detail if isinstance(found, Finding) else ""


WORDS: Mapping[CauseKind, Callable[[Model, Ref], str]] = {
    CauseKind.UPLOAD: _upload,
    CauseKind.COMMAND: _command,
    CauseKind.FINDING: _finding,
}
