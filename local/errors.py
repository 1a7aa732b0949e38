"""What can go wrong while the embedded cloud comes up, each with what to do next."""

from __future__ import annotations


class CloudError(Exception):
    """Base of all: a sentence for a person; `fix` says what to do next."""

    def __init__(self, what: str, *, fix: str = "") -> None:
        super().__init__(f"{what}\n  → {fix}" if fix else what)
        self.what = what
        self.fix = fix


class NotSynthesized(CloudError):
    """cdk.out is absent or is not a cloud assembly."""


class UnknownResource(CloudError):
    """A template holds a type for which `local/resources` has no creator."""


class UnknownIntrinsic(CloudError):
    """A template uses an intrinsic function or a name that cannot be resolved."""


class NotCreated(CloudError):
    """An API of the embedded cloud refused a resource."""


class PortTaken(CloudError):
    """A fixed port belongs to another program."""


class AlreadyRunning(CloudError):
    """The state directory belongs to a cloud that is up."""


class DidNotStart(CloudError):
    """A part of the embedded cloud ended or was silent before it served."""
