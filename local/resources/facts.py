"""Facts that only become part of a deployment when they meet another: `local.linking` joins them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket that tells the default bus of its objects, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class StateMachine:
    """A state machine by its ARN."""

    arn: str


@dataclass(frozen=True, slots=True)
class AsyncInvocation:
    """How a function's queued events are retried, and where those go that fail."""

    function: str
    retries: int
    on_failure: str


@dataclass(frozen=True, slots=True)
class Integration:
    """An HTTP API's way to a function."""

    id: str
    function: str


@dataclass(frozen=True, slots=True)
class RouteTarget:
    """A route that names its integration (`integrations/<id>`), not yet its function."""

    key: str
    integration: str
    scopes: tuple[str, ...]
    authorizer: str


@dataclass(frozen=True, slots=True)
class Scopes:
    """The scopes that a resource server defines, as tokens carry them: `<identifier>/<name>`."""

    names: tuple[str, ...]
