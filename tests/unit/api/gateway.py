"""A gateway in memory: it matches routes as AWS's does, and holds every answer to what the OpenAPI document says."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

import jsonschema
from hypothesis import strategies as st

from shared import wiring
from shared.api import outcomes, predictions
from shared.api.door import door
from shared.api.openapi import document
from shared.api.routes import ROUTES
from shared.api.witness import Witness, witnessed
from tests import examples
from tests.fakes.doorstep import MemoryDoorstep
from tests.fakes.drains import MemoryDrains
from tests.fakes.eraser import MemoryEraser
from tests.fakes.objects import MemoryObjects
from tests.fakes.profiles import MemoryProfiles
from tests.fakes.servings import MemoryServings
from tests.unit.lifecycle.world import World

EVENTS = Path(__file__).parents[2] / "events"
JSON = {"content-type": "application/json"}


def recorded(name: str) -> dict[str, Any]:
    """An event as AWS's gateway sends it."""
    event: dict[str, Any] = json.loads((EVENTS / f"http_{name}.json").read_text())
    return event


@dataclass(frozen=True, slots=True)
class Reply:
    """What a caller sees."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:
        """The body."""
        return json.loads(self.text)

    @property
    def slug(self) -> str:
        """The end of a problem's type."""
        return str(self.json["type"]).rpartition("/")[2]


@dataclass(slots=True)
class Gateway:
    """The functions behind one door, over a world in memory; `told`: what nobody foresaw, `lines`: what is captured."""

    world: World = field(default_factory=World)
    artifacts: MemoryObjects = field(default_factory=MemoryObjects)
    doorstep: MemoryDoorstep = field(default_factory=MemoryDoorstep)
    profiles: MemoryProfiles = field(default_factory=MemoryProfiles)
    drains: MemoryDrains = field(default_factory=MemoryDrains)
    told: list[str] = field(default_factory=list)
    figures: list[tuple[str, Mapping[str, float]]] = field(default_factory=list)
    lines: list[bytes] = field(default_factory=list)
    ports: dict[str, Any] = field(default_factory=dict)
    fresh_s: float = 2.0
    who: str = "ada"
    groups: str = ""

    def __post_init__(self) -> None:
        """Every port that an endpoint may name."""
        here = {"artifacts": self.artifacts, "servings": MemoryServings(self.world.registry), "fresh_s": self.fresh_s}
        made = {
            "doorstep": self.doorstep,
            "profiles": self.profiles,
            "drains": self.drains,
            "tasks": self.world.tasks,
            "eraser": MemoryEraser(self.artifacts),
        }
        self.ports = {**self.world.starting(), **here, **made, **self.ports}

    def get(self, target: str, **headers: str) -> Reply:
        """Read something."""
        return self.call("GET", target, headers=headers)

    def post(self, target: str, body: object, **headers: str) -> Reply:
        """Command something; a text is sent as it is."""
        return self.call("POST", target, body if isinstance(body, str) else json.dumps(body), JSON | headers)

    def put(self, target: str, body: str, media: str = "application/yaml", **headers: str) -> Reply:
        """Put a text."""
        return self.call("PUT", target, body, {"content-type": media} | headers)

    def call(
        self, method: str, target: str, body: str | None = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """One call by Ada, or whoever is signed in; header names may be written with _."""
        named = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        event = _event(method, target, body, named)
        event["requestContext"]["authorizer"]["jwt"]["claims"] |= {"sub": self.who, "cognito:groups": self.groups}
        return self.receive(event)

    def receive(self, event: dict[str, Any]) -> Reply:
        """What the function answers that the event is for."""
        answer = self._function(event["routeKey"])(event)
        reply = Reply(answer["statusCode"], answer["headers"], answer["body"])
        _as_documented(event["routeKey"], reply)
        return reply

    def _function(self, key: str) -> Any:
        function = next((route.function for route in ROUTES if route.key == key), "api")
        witness = Witness(self._tell, self._measure, self.lines.extend)
        if function == "predict":
            return witnessed(self._bound(predictions.answer), witness)
        if function == "feedback":
            return witnessed(self._bound(outcomes.answer), witness)
        endpoints = {route.key: self._bound(route.answer) for route in ROUTES if route.answer}
        return door(ROUTES, endpoints, self._tell)

    def _bound(self, endpoint: Any) -> Any:
        return partial(endpoint, **{name: self.ports[name] for name in wiring.ports(endpoint)})

    def _tell(self, error: Exception, request_id: str) -> None:
        self.told.append(f"{type(error).__name__} {request_id}")

    def _measure(self, model: str, _: object, values: Mapping[str, float]) -> None:
        self.figures.append((model, values))


def _event(method: str, target: str, body: str | None, headers: Mapping[str, str]) -> dict[str, Any]:
    path, _, query = target.partition("?")
    key, parameters = _matched(method, path)
    event = recorded("promote")
    event |= {"routeKey": key, "rawPath": unquote(path), "pathParameters": parameters, "rawQueryString": query}
    event["requestContext"]["http"] |= {"method": method, "path": unquote(path)}
    event["queryStringParameters"] = dict(parse_qsl(query))
    event["headers"] = {"host": "example.com", **headers}
    return event | {"body": body}


def _matched(method: str, path: str) -> tuple[str, dict[str, str]]:
    """The route key and its parameters, decoded; $default where no route matches."""
    for route in ROUTES:
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", route.path)
        if route.method == method and (found := re.fullmatch(pattern, path)):
            return route.key, {name: unquote(value) for name, value in found.groupdict().items()}
    return "$default", {}


@cache
def openapi() -> Any:
    """The document, made once."""
    return document(ROUTES)


def _as_documented(key: str, reply: Reply) -> None:
    """The document says this status of this route, and the body has the form that it says."""
    if key == "$default" or reply.status == 500:
        return
    method, path = key.split(" ")
    said = openapi()["paths"][path][method.lower()]["responses"]
    assert str(reply.status) in said, f"{key} answers {reply.status}, which the document does not say"
    media = reply.headers["content-type"]
    content = said[str(reply.status)]["content"][media]
    if content["schema"]:
        schema = content["schema"] | {"components": openapi()["components"]}
        jsonschema.Draft202012Validator(schema).validate(reply.json)


SPEC = """
spec: 1
model: flights
task: binary
data: {target: late, columns: {hour: integer}}
notify: {owners: ["email:a@example.com"]}
"""
ABOUT = SPEC + "about: will it be late?\n"
ULID = "01JD0000000000000000000000"
NOON = examples.NOON
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
"""Whatever JSON can hold."""
