"""The table of routes, and the documents that are made from it."""

import inspect
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args, get_type_hints

from openapi_spec_validator import OpenAPIV31SpecValidator

from shared import wiring
from shared.api import problems, refusals
from shared.api.call import Call
from shared.api.route import INCLUDED_IN, Scope
from shared.api.routes import ROUTES
from shared.domain import errors
from tests.unit.api.gateway import Gateway, openapi

ROOT = Path(__file__).parents[3]
HEAVY = ("boto3", "botocore", "onnxruntime", "numpy", "duckdb", "sklearn", "jinja2", "aws_lambda_powertools")
NEVER_AT_A_DOOR = {"DataRejected", "LateWrite", "SearchFailed", "Superseded", "Undelivered"}


def test_every_route_is_there_once() -> None:
    assert len({route.key for route in ROUTES}) == len(ROUTES)


def test_only_what_holds_nobodys_data_is_open() -> None:
    assert {route.path for route in ROUTES if not route.scope} == {"/health", "/openapi.json", "/schema/model-v1.json"}


def test_reading_needs_read_and_changing_needs_more() -> None:
    assert {route.scope for route in ROUTES if route.method == "GET"} == {"", "read"}
    changing = {"operate", "predict", "register", "promote", "approve"}
    assert {route.scope for route in ROUTES if route.method == "POST"} == changing
    assert {route.scope for route in ROUTES if route.method in {"PUT", "DELETE"}} == {"admin", "purge"}


def test_a_route_has_its_endpoint_unless_a_door_of_its_own_answers_it() -> None:
    assert [route.key for route in ROUTES if (route.answer is None) != (route.function != "api")] == []


def test_an_endpoint_takes_what_its_route_validates() -> None:
    for route in ROUTES:
        if route.answer is not None:
            call = next(iter(get_type_hints(route.answer).values()))
            assert (route.key, call) == (route.key, Call[route.query, route.body])  # type: ignore[name-defined]
            assert len(get_args(call)) == 2


def test_an_endpoint_names_ports_alone() -> None:
    for route in ROUTES:
        if route.answer is not None:
            assert set(wiring.ports(route.answer)) <= set(wiring.PORTS)
            assert len(inspect.signature(route.answer).parameters) == len(wiring.ports(route.answer)) + 1


def test_the_table_is_read_without_a_heavy_library() -> None:
    program = "import sys, shared.api.routes; print(*sys.modules)"
    loaded = subprocess.run((sys.executable, "-c", program), check=True, cwd=ROOT, capture_output=True, text=True)
    assert [name for name in HEAVY if name in loaded.stdout.split()] == []


def test_every_error_that_can_come_to_a_door_has_a_slug_of_its_own() -> None:
    classes = (*vars(errors).values(), *vars(refusals).values())
    kinds = {each for each in classes if isinstance(each, type) and issubclass(each, errors.Error)}
    named = {each for each in kinds - {errors.Error} if each.__name__ not in NEVER_AT_A_DOOR}
    assert named == set(problems.KINDS)
    assert len({kind.slug for kind in problems.KINDS.values()}) == len(problems.KINDS)


def test_every_slug_has_its_section_in_the_docs() -> None:
    page = (ROOT / "docs/errors.md").read_text()
    sections = set(re.findall(r"^### `([a-z-]+)`$", page, re.MULTILINE))
    assert sections == {kind.slug for kind in (*problems.KINDS.values(), problems.INTERNAL)}


def test_the_docs_say_the_status_of_every_slug() -> None:
    page = (ROOT / "docs/errors.md").read_text()
    for kind in (*problems.KINDS.values(), problems.INTERNAL):
        section = page.partition(f"### `{kind.slug}`")[2].partition("###")[0]
        assert (kind.slug, f"**{kind.status}**" in section) == (kind.slug, True)


def test_the_docs_say_of_every_route_the_right_that_is_enforced() -> None:
    page = (ROOT / "docs/api.md").read_text()
    said = re.findall(r"^\| `([A-Z]+ /[^`]*)` \| (\S+) \|", page, re.MULTILINE)
    assert len(said) == len(dict(said))
    assert dict(said) == {route.key: route.scope or "–" for route in ROUTES}


def test_the_docs_say_which_right_is_in_which() -> None:
    page = (ROOT / "docs/api.md").read_text()
    [rights] = re.findall(r"^## Rights\n\n(.*?)\n\n", page, re.MULTILINE | re.DOTALL)
    said = {wide: set(re.findall(r"`(\w+)`", held)) for wide, held in re.findall(r"`(\w+)`\s+has ([^,;]+)", rights)}
    held = {wide: {narrow for narrow in INCLUDED_IN if wide in INCLUDED_IN[narrow]} for wide in ("operate", "admin")}
    assert said == held
    assert {name for name in get_args(Scope) if f"`{name}`" in rights} == set(get_args(Scope)) - {""}


def test_the_document_is_openapi() -> None:
    document = Gateway().get("/openapi.json").json
    OpenAPIV31SpecValidator(document).validate()
    assert set(document["paths"]) == {route.path for route in ROUTES}


def test_the_document_says_who_may_call() -> None:
    paths = openapi()["paths"]
    assert paths["/models"]["get"]["security"] == [{"token": ["treadle/read"]}]
    assert paths["/health"]["get"]["security"] == []


def test_the_document_has_the_limits_that_are_held() -> None:
    (limit,) = (each for each in openapi()["paths"]["/models"]["get"]["parameters"] if each["name"] == "limit")
    assert (limit["schema"]["minimum"], limit["schema"]["maximum"], limit["schema"]["default"]) == (1, 200, 50)
    (model,) = openapi()["paths"]["/models/{model}"]["get"]["parameters"]
    assert model["schema"]["pattern"] == "^[a-z][a-z0-9-]{0,39}$"
    runs = openapi()["paths"]["/models/{model}/runs"]["get"]["parameters"]
    assert "queued" in next(each for each in runs if each["name"] == "status")["schema"]["enum"]


def test_the_schema_of_a_spec_is_served_for_editors() -> None:
    reply = Gateway().get("/schema/model-v1.json")
    assert reply.headers["content-type"] == "application/schema+json"
    assert reply.json["properties"]["model"]["pattern"] == "^[a-z][a-z0-9-]{0,39}$"
    assert json.loads(reply.text)["$schema"].startswith("https://json-schema.org/")
