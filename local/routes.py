"""Which route of an HTTP API takes a request: exact segments before {parameters} before {greedy+} before $default."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from local.deployment import Route

DEFAULT = "$default"
_PARAMETER = re.compile(r"\{([^}+]+)(\+?)\}")
_EXACT, _ONE, _GREEDY = 0, 1, 2


class NoRoute(LookupError):
    """No route, and no $default, takes the request."""


@dataclass(frozen=True, slots=True)
class Match:
    """The route that takes a request, with the path's parameters."""

    route: Route
    parameters: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Pattern:
    route: Route
    method: str
    rank: tuple[int, ...]
    names: tuple[str, ...]
    regex: re.Pattern[str]


class Routes:
    """The routes of one API, most specific first."""

    def __init__(self, routes: Iterable[Route]) -> None:
        routes = tuple(routes)
        self._defaults = [route for route in routes if route.key == DEFAULT]
        named = (_pattern(route) for route in routes if route.key != DEFAULT)
        self._patterns = sorted(named, key=lambda pattern: (pattern.rank, pattern.method == "ANY"))

    def match(self, method: str, path: str) -> Match:
        """Find the route for a decoded path; raises NoRoute."""
        for pattern in self._patterns:
            if pattern.method in (method, "ANY") and (found := pattern.regex.fullmatch(path)):
                return Match(pattern.route, dict(zip(pattern.names, found.groups(), strict=True)))
        for route in self._defaults:
            return Match(route, {})
        raise NoRoute(path)


def _pattern(route: Route) -> _Pattern:
    method, path = route.key.split(" ", 1)
    segments = path.split("/")
    found = [_PARAMETER.fullmatch(segment) for segment in segments]
    rank = tuple(_EXACT if name is None else _GREEDY if name[2] else _ONE for name in found)
    names = tuple(name[1] for name in found if name)
    parts = [_part(segment, name) for segment, name in zip(segments, found, strict=True)]
    # DOTALL: AWS lets a decoded line feed through, and the function judges it
    return _Pattern(route, method, rank, names, re.compile("/".join(parts), re.DOTALL))


def _part(segment: str, name: re.Match[str] | None) -> str:
    if name is None:
        return re.escape(segment)
    return "(.+)" if name[2] else "([^/]+)"
