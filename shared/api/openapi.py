"""OpenAPI: the table of routes as OpenAPI 3.1 says it, made from the types that validate and the views that answer."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, TypeAdapter

from shared.api.bodies import Text
from shared.api.place import Place
from shared.api.problems import KINDS, ProblemDocument
from shared.api.refusals import MediaTypeRefused, Unreadable
from shared.api.route import Nothing, Route
from shared.domain.errors import Error, NameRefused, RequestRefused, TooLarge, Unavailable

Node = dict[str, object]

REF = "#/components/schemas/{model}"
HEADERS: Mapping[str, str] = {
    "Idempotency-Key": "The same key with the same body is answered with the first answer, for ever.",
    "If-Match": "The ETag of an answer: 412 when the state has moved since.",
}

BY_GATEWAY: Mapping[str, str] = {
    "401": "no token, or one that is expired or of another issuer",
    "403": "a token without the scope",
    "429": "too many calls",
}
"""What the gateway answers by itself, in AWS's own words."""

GATEWAY: Node = {"application/json": {"schema": {"type": "object", "properties": {"message": {"type": "string"}}}}}


def document(routes: tuple[Route, ...]) -> Node:
    """The whole document."""
    schemas, definitions = _schemas(routes)
    paths: dict[str, Node] = defaultdict(dict)
    for route in routes:
        paths[route.path][route.method.lower()] = _operation(route, schemas)
    token = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "Of any OIDC issuer."}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Treadle", "version": "1", "summary": "Models from upload to retirement."},
        "paths": dict(paths),
        "components": {"schemas": definitions, "securitySchemes": {"token": token}},
    }


@cache
def _adapter(kind: type[BaseModel]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _schemas(routes: tuple[Route, ...]) -> tuple[Mapping[type[BaseModel], Node], Node]:
    """Each type's schema, and the definitions that they share."""
    taken = {route.body for route in routes} - {Nothing, Text}
    given = {route.gives for route in routes if route.gives} | {ProblemDocument}
    taking = [(kind, "validation", _adapter(kind)) for kind in sorted(taken, key=str)]
    giving = [(kind, "serialization", _adapter(kind)) for kind in sorted(given, key=str)]
    found, whole = TypeAdapter.json_schemas([*taking, *giving], ref_template=REF)  # type: ignore[list-item]
    return {kind: schema for (kind, _), schema in found.items()}, whole["$defs"]


def _operation(route: Route, schemas: Mapping[type[BaseModel], Node]) -> Node:
    operation: Node = {
        "operationId": _operation_id(route),
        "summary": route.summary,
        "security": [{"token": [scope]} for scope in route.scopes],
        "responses": dict(_responses(route, schemas)),
    }
    if parameters := [*_in_path(route), *_in_query(route), *_in_headers(route)]:
        operation["parameters"] = parameters
    if route.body is not Nothing:
        operation["requestBody"] = {"required": True, "content": _content(route, schemas)}
    return operation


def _operation_id(route: Route) -> str:
    words = route.path.replace("{", "by_").translate(str.maketrans("/-.", "___", "}"))
    return f"{route.method.lower()}{words}"


def _content(route: Route, schemas: Mapping[type[BaseModel], Node]) -> Node:
    schema = schemas.get(route.body, {"$ref": "/schema/model-v1.json"})
    return {media: {"schema": schema} for media in route.takes}


def _in_path(route: Route) -> Iterator[Node]:
    properties = Place.model_json_schema()["properties"]
    for part in (part.strip("{}") for part in route.path.split("/") if part.startswith("{")):
        schema = {word: value for word, value in properties[part].items() if word not in {"title", "default"}}
        yield {"name": part, "in": "path", "required": True, "schema": schema}


def _in_query(route: Route) -> Iterator[Node]:
    whole = _adapter(route.query).json_schema()
    for name, schema in whole.get("properties", {}).items():
        plain = _resolved(schema, whole.get("$defs", {}))
        yield {"name": name, "in": "query", "description": plain.pop("description", ""), "schema": plain}


def _resolved(schema: Node, definitions: Mapping[str, Node]) -> Node:
    """The schema of one parameter: a parameter that is left out is no null."""
    options = schema.get("anyOf")
    chosen = next(option for option in options if option != {"type": "null"}) if isinstance(options, list) else schema
    name = str(chosen.get("$ref", "")).rpartition("/")[2]
    described = {"description": schema["description"]} if "description" in schema else {}
    return {
        word: value
        for word, value in {**chosen, **definitions.get(name, {}), **described}.items()
        if word not in {"title", "$ref"}
    }


def _in_headers(route: Route) -> Iterator[Node]:
    if route.method != "GET" and route.function == "api":
        for name, description in HEADERS.items():
            yield {"name": name, "in": "header", "description": description, "schema": {"type": "string"}}


def _responses(route: Route, schemas: Mapping[type[BaseModel], Node]) -> Iterator[tuple[str, Node]]:
    schema = schemas[route.gives] if route.gives else {}
    yield str(route.status), {"description": route.summary, "content": {route.media: {"schema": schema}}}
    said: dict[str, list[str]] = defaultdict(list)
    content: dict[str, Node] = defaultdict(dict)
    for error in sorted({*route.refuses, *_implied(route)}, key=lambda each: KINDS[each].slug):
        said[str(KINDS[error].status)].append(KINDS[error].slug)
        content[str(KINDS[error].status)] |= {"application/problem+json": {"schema": schemas[ProblemDocument]}}
    for status, words in BY_GATEWAY.items() if route.scope else ():
        said[status].append(words)
        content[status] |= GATEWAY
    for status in sorted(said):
        yield status, {"description": ", ".join(said[status]), "content": content[status]}


def _implied(route: Route) -> Iterator[type[Error]]:
    """What every route of this form may refuse."""
    yield RequestRefused
    if "{" in route.path:
        yield NameRefused
    if route.body is not Nothing:
        yield from (Unreadable, TooLarge, MediaTypeRefused)
    if route.scope:
        yield Unavailable
