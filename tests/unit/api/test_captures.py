"""What predict leaves in its log: lines of what was asked and answered, and the headers of a version that leaves."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from shared.api import captures
from shared.domain.capture import LONGEST, CapturedRow, Outcome, read
from shared.domain.serving import Role
from shared.domain.signature import Output
from shared.domain.spec import Task
from tests import examples
from tests.unit.api.gateway import Gateway
from tests.unit.lifecycle.artifacts import Store

ROUTE = "/models/flights/predict"
SINCE = datetime(2013, 4, 1, tzinfo=UTC)


def behind(store: Store) -> Gateway:
    """A gateway behind which these arms answer."""
    return Gateway(ports={"servings": store, "artifacts": store.objects})


def serving() -> Gateway:
    """A gateway behind which version 1 of flights answers."""
    store = Store()
    store.serve((store.binary(0.04), Role.CHAMPION, 1.0))
    return behind(store)


def rows(number: int, size: int = 10) -> list[CapturedRow]:
    """So many rows with a note of this size."""
    return [CapturedRow(f"prd_{each}", "1c", 0.5, {"note": "x" * size}) for each in range(number)]


def test_a_call_leaves_one_line_in_the_form_of_the_format() -> None:
    gateway = serving()
    reply = gateway.post(ROUTE, {"instances": [{"hour": 5}, {"hour": 20, "note": "é"}]})
    (written,) = gateway.lines
    line: dict[str, Any] = json.loads(written)
    assert next(iter(line)) == "captured"
    assert (line["captured"], line["caller"], line["revision"]) == ("flights", "ada", 1)
    assert line["at"] == int(gateway.world.clock.now().timestamp() * 1000)
    assert line["rows"] == [
        {"id": reply.json["predictions"][0]["id"], "arm": "1c", "score": 0.2, "cells": {"hour": 5}},
        {"id": reply.json["predictions"][1]["id"], "arm": "1c", "score": 0.8, "cells": {"hour": 20, "note": "é"}},
    ]


def test_a_call_that_is_refused_leaves_none() -> None:
    gateway = serving()
    gateway.post(ROUTE, {"instances": [{"hour": 5}, {"hour": "noon"}]})
    assert gateway.lines == []


def test_a_challenger_that_breaks_is_told_to_the_log_and_in_the_line() -> None:
    store = Store()
    broken = store.keep(b"no model", Output(Task.BINARY, "late", ("false", "true"), 0.5))
    store.serve((store.binary(), Role.CHAMPION, 0.0), (broken, Role.CHALLENGER, 1.0))
    gateway = behind(store)
    assert gateway.post(ROUTE, {"instances": [{"hour": 5}]}).status == 200
    (row,) = json.loads(gateway.lines[0])["rows"]
    assert (row["arm"], row["failed"], row["id"].split("_")[2]) == ("2h", True, "1c")
    assert [each.split()[0] for each in gateway.told] == ["ArtifactRefused"]


def test_no_line_is_longer_than_the_log_takes_and_no_row_is_lost() -> None:
    many = rows(9_000, size=180)
    lines = list(captures.predicted("flights", SINCE, 3, "ada", many))
    assert len(lines) > 10
    assert max(map(len, lines)) <= LONGEST
    found, unread = read(b"\n".join(lines))
    assert unread == 0
    assert [row for line in found for row in line.rows] == many


def test_a_row_that_is_longer_than_a_line_is_captured_without_its_cells() -> None:
    lines = list(captures.predicted("flights", SINCE, 3, "ada", [*rows(2), *rows(1, size=LONGEST)]))
    assert max(map(len, lines)) <= LONGEST
    cells = [row["cells"] for line in lines for row in json.loads(line)["rows"]]
    assert cells == [{"note": "x" * 10}, {"note": "x" * 10}, {}]


def test_a_number_of_more_than_64_bits_is_captured_too() -> None:
    (line,) = captures.predicted("flights", SINCE, 3, "", [CapturedRow("prd_0", "1c", 0.5, {"far": 10**30})])
    assert json.loads(line)["rows"][0]["cells"] == {"far": 10**30}


def test_nothing_captured_is_no_line() -> None:
    assert list(captures.predicted("flights", SINCE, 3, "ada", [])) == []
    assert list(captures.fed_back("flights", SINCE, "ada", [])) == []


def test_outcomes_are_lines_of_their_own() -> None:
    (line,) = captures.fed_back("flights", SINCE, "ada", [Outcome("prd_0", 33), Outcome("prd_1", None)])
    told = json.loads(line)
    assert next(iter(told)) == "outcomes"
    assert told["rows"] == [{"id": "prd_0", "actual": 33}, {"id": "prd_1", "actual": None}]


def test_a_version_that_leaves_says_when_and_where_to_go() -> None:
    store = Store()
    store.serve((store.binary(0.04), Role.PINNED, 0.0), (store.binary(0.02), Role.CHAMPION, 1.0))
    first, second = store.arms
    store.arms = (replace(first, since=SINCE, sunset=SINCE + timedelta(days=30)), second)
    gateway = behind(store)
    headers = gateway.post("/models/flights/versions/1/predict", {"instances": [{"hour": 5}]}).headers
    assert headers["deprecation"] == "@1364774400"
    assert headers["sunset"] == "Wed, 01 May 2013 00:00:00 GMT"
    assert headers["link"] == '</models/flights/predict>; rel="successor-version"'


def test_a_version_that_stays_says_nothing_of_leaving() -> None:
    for route in (ROUTE, "/models/flights/versions/1/predict"):
        headers = serving().post(route, {"instances": [{"hour": 5}]}).headers
        assert not headers.keys() & {"deprecation", "sunset", "link"}


def test_the_clock_of_a_line_is_the_platforms() -> None:
    gateway = serving()
    gateway.world.clock.pass_time(timedelta(minutes=5))
    gateway.post(ROUTE, {"instances": [{"hour": 5}]})
    assert json.loads(gateway.lines[0])["at"] == int(examples.later(5).timestamp() * 1000)
