"""The page of events is held to what is emitted: every type, every field, every example, and the schema beside it."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from shared.documents.notice import REACTIONS
from shared.domain import record
from shared.domain.event import FOUND, RETURNS, TYPES, Event, Seen, Why, events, found
from shared.domain.finding import Figure
from shared.lifecycle.notify.letters import EVERYBODY, LETTERS
from tests.architecture.tree import ROOT
from tests.unit.domain.test_event import promotion
from tests.unit.lifecycle.outbox import a_drop

PAGE = (ROOT / "docs" / "events.md").read_text()
SCHEMA = json.loads((ROOT / "docs" / "events.schema.json").read_text())
EVERY_TYPE = {*TYPES.values(), *RETURNS.values(), *FOUND.values()}


def _rows(heading: str) -> Iterator[list[str]]:
    """The rows of the table whose first cell in the head is this one."""
    for table in re.findall(rf"^\| {heading} \|.*\n\|[-|]+\n((?:\|.*\n)+)", PAGE, re.MULTILINE):
        yield from ([cell.strip().strip("`") for cell in row.strip("|").split("|")] for row in table.splitlines())


def _examples() -> list[str]:
    return [block for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL) if '"type"' in block]


def _emitted() -> tuple[Event, ...]:
    return (*events(promotion()), found(a_drop(run="run_2")))


def test_the_page_has_every_type_of_event() -> None:
    assert {row[0] for row in _rows("type")} == EVERY_TYPE


def test_the_page_has_every_field_of_an_event_and_of_a_finding_in_their_order() -> None:
    assert [row[0] for row in _rows("field")] == [field.name for kind in (Event, Seen) for field in fields(kind)]
    (figures,) = [row[1] for row in _rows("field") if row[0] == "figures"]
    assert [field.name for field in fields(Figure) if f"`{field.name}" not in figures] == []


def test_the_page_has_every_reaction_to_a_finding() -> None:
    (_, code) = (row[1] for row in _rows("field") if row[0] == "code" or row[0] == "data")
    assert [reaction for reaction in REACTIONS if f"`{reaction}`" not in code] == []


def test_the_page_says_who_is_told() -> None:
    told = {name: audiences for name, (audiences, _) in LETTERS.items()} | dict.fromkeys(FOUND.values(), EVERYBODY)
    words = {name: ", ".join(audience.replace("_", " ") for audience in told[name]) for name in told}
    assert {row[0]: row[1] for row in _rows("of")} == words


def test_the_pages_examples_are_written_as_events_are() -> None:
    assert len(_examples()) == 2
    for example in _examples():
        assert json.loads(record.written(record.read(Event, example))) == json.loads(example)


def test_the_schema_is_that_of_the_code() -> None:
    assert TypeAdapter(Event).json_schema(mode="serialization") == SCHEMA, "write docs/events.schema.json anew"


@pytest.mark.parametrize("event", _emitted(), ids=lambda event: event.type)
def test_what_is_emitted_is_what_the_schema_describes(event: Event) -> None:
    said: dict[str, Any] = json.loads(record.written(event))
    Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(said)
    described = Seen if event.type in FOUND.values() else Why
    assert set(said["data"]) == {field.name for field in fields(described)}
    assert said["at"].endswith("Z")
