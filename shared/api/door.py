"""Door: a gateway event goes in, an answer comes out; every error becomes a problem here."""

import re
from collections.abc import Callable, Mapping

from pydantic import BaseModel, ValidationError

from shared.api.answer import Answer, Response, response
from shared.api.bodies import read
from shared.api.call import Call
from shared.api.event import Event
from shared.api.explain import explained
from shared.api.place import Place
from shared.api.problems import internal, problem
from shared.api.refusals import MethodRefused, RouteUnknown
from shared.api.route import Endpoint, Nothing, Route
from shared.domain.errors import Error, NameRefused, Problem, RequestRefused

Unexpected = Callable[[Exception, str], None]
"""Who is told of an error that nobody foresaw, and the id of the request that met it."""


def door(
    routes: tuple[Route, ...], endpoints: Mapping[str, Endpoint], unexpected: Unexpected
) -> Callable[[object], Response]:
    """The way from the gateway's event to its answer, by route key."""
    table = {route.key: route for route in routes}

    def answer(event: Event) -> Answer:
        if event.route_key not in endpoints:
            raise _unknown(event, routes)
        return endpoints[event.route_key](called(event, table[event.route_key]))

    def respond(given: object) -> Response:
        event = Event.model_validate(given)
        return response(told(event, answer, unexpected))

    return respond


def told(
    event: Event,
    answer: Callable[[Event], Answer],
    unexpected: Unexpected,
    tell: Callable[[Error, str], Answer] = problem,
) -> Answer:
    """The answer, or the problem that kept it from being given; nothing of an unforeseen error gets out."""
    try:
        return answer(event)
    except Error as error:
        return tell(error, event.context.request_id)
    except Exception as error:  # noqa: BLE001  # the last door: the caller is told that it was us, the log which error
        unexpected(error, event.context.request_id)
        return internal(event.context.request_id)


def called(event: Event, route: Route) -> Call[BaseModel, BaseModel]:
    """The call, checked: names, then the query, then the body; raises the Error of whichever is wrong first."""
    place = placed(event)
    try:
        query = route.query.model_validate({name: value for name, value in event.query.items() if value})
    except ValidationError as error:
        problems = explained(error)
        first = f"{problems[0].pointer[1:]} {problems[0].detail}"
        raise RequestRefused(f"the query is not as it should be: {first}", *problems) from None
    content = b"" if route.body is Nothing else event.content
    body = read(route.body, content, event.headers.get("content-type", ""), route.takes)
    method, headers = event.context.http.method, event.headers
    return Call(method, event.path, place, query, body, event.by, headers, content, event.teams)


def placed(event: Event) -> Place:
    """What the path names; raises NameRefused before anything is read."""
    try:
        return Place.model_validate(event.parameters)
    except ValidationError as error:
        problems = explained(error)
        raise NameRefused(f"{problems[0].pointer[1:]}: {problems[0].detail}", *problems) from None


def _unknown(event: Event, routes: tuple[Route, ...]) -> Error:
    """Why no route matched: the method, or the path."""
    allowed = tuple(sorted(route.method for route in routes if _matches(route.path, event.path)))
    method = event.context.http.method
    if allowed:
        said = Problem("/method", "not on this path", method[:20], ", ".join(allowed))
        return MethodRefused(f"{event.path[:80]} does not take {method[:20]}", allowed, said)
    return RouteUnknown(
        f"there is no {method[:20]} {event.path[:80]}",
        Problem("/path", "no such route", fix="GET /openapi.json lists them"),
    )


def _matches(template: str, path: str) -> bool:
    return re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template)), path) is not None
