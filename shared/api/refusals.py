"""Refusals of the door itself: what cannot be read never reaches a verb."""

from shared.domain.errors import Error, Problem


class Unreadable(Error):
    """What cannot be parsed."""


class RouteUnknown(Error):
    """No such route."""


class MethodRefused(Error):
    """The path is there, the method is not."""

    def __init__(self, detail: str, allowed: tuple[str, ...], *problems: Problem) -> None:
        super().__init__(detail, *problems)
        self.allowed = allowed


class MediaTypeRefused(Error):
    """A body of a kind that this route does not take."""
