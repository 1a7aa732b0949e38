"""Which route of an HTTP API takes a request."""

import pytest

from local.deployment import Route
from local.routes import NoRoute, Routes


def routes(*keys: str) -> Routes:
    return Routes(Route(key, key, (), "") for key in keys)


def test_an_exact_segment_wins_over_a_parameter() -> None:
    some = routes("GET /models/{model}", "GET /models/flights")
    assert some.match("GET", "/models/flights").route.key == "GET /models/flights"


def test_a_parameter_wins_over_a_greedy_one() -> None:
    some = routes("GET /{path+}", "GET /models/{model}")
    assert some.match("GET", "/models/flights").route.key == "GET /models/{model}"


def test_a_method_wins_over_any_method() -> None:
    assert routes("ANY /models", "GET /models").match("GET", "/models").route.key == "GET /models"


def test_the_default_takes_what_no_other_route_takes() -> None:
    some = routes("GET /models", "$default")
    assert some.match("POST", "/models").route.key == "$default"


def test_without_a_default_an_unknown_path_has_no_route() -> None:
    with pytest.raises(NoRoute):
        routes("GET /models").match("GET", "/nothing")


def test_a_trailing_slash_is_another_path() -> None:
    with pytest.raises(NoRoute):
        routes("GET /models").match("GET", "/models/")


def test_parameters_are_named_by_the_route() -> None:
    match = routes("POST /models/{model-id}/versions/{n}/promote").match("POST", "/models/a/versions/3/promote")
    assert match.parameters == {"model-id": "a", "n": "3"}


def test_a_greedy_parameter_takes_several_segments() -> None:
    assert routes("GET /files/{path+}").match("GET", "/files/a/b").parameters == {"path": "a/b"}


def test_a_line_feed_in_a_parameter_passes_through() -> None:
    assert routes("GET /models/{model}").match("GET", "/models/flights\n").parameters == {"model": "flights\n"}


def test_dots_in_a_route_mean_themselves() -> None:
    with pytest.raises(NoRoute):
        routes("GET /openapi.json").match("GET", "/openapiXjson")
