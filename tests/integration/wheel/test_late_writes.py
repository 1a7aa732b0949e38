"""A function that timed out and goes on running, while the machine has begun its step anew, as Lambda runs both."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from shared.adapters import clients
from shared.domain.change import Noun
from shared.domain.errors import LateWrite
from shared.domain.model import Model
from shared.domain.run import Step
from shared.ports.registry import Query
from tests import examples
from tests.examples import MODEL
from tests.history import having_received, having_registered
from tests.integration.wheel.conftest import RUN, Event, Wheel, recorded


def tried(state: str, retry: int, **also: Any) -> Event:
    """The state's event, on its so-manieth retry."""
    event = recorded(f"state_{state}")
    return {**event, "attempt": {**event["attempt"], "retry": retry}, **also}


def counted(printed: str) -> list[Any]:
    """The late writes that were counted."""
    lines = [json.loads(line) for line in printed.splitlines() if line.startswith("{")]
    return [(line["model"], line["LateWrites"]) for line in lines if "LateWrites" in line]


@contextmanager
def before_the_second_write(deed: Callable[[], object]) -> Iterator[None]:
    """The deed is done when a function that is new has claimed its step, and is about to write."""
    writes: list[str] = []

    def heard(event_name: str, **_: object) -> None:
        writes.append(event_name)
        if len(writes) == 2:
            deed()

    emitter = clients._session().get_component("event_emitter")
    emitter.register("before-call.dynamodb.TransactWriteItems", heard)
    try:
        yield
    finally:
        emitter.unregister("before-call.dynamodb.TransactWriteItems", heard)


@pytest.fixture
def registered(wheel: Wheel) -> Wheel:
    """The run of the recorded events has registered version 1."""
    spec = examples.applied(of=examples.spec())
    wheel.registry.commit(Model.unknown(MODEL).apply(examples.order("apply"), spec))
    having_received(wheel.registry, "january", RUN, 1)
    having_registered(wheel.registry, RUN, 2)
    return wheel


def test_a_try_that_was_given_up_deploys_nothing_and_is_counted(
    registered: Wheel, capsys: pytest.CaptureFixture[str]
) -> None:
    told = {"spec": 1, "version": 1}
    first = registered.call("deploy", tried("deploy", 1, **told))
    with pytest.raises(LateWrite):
        registered.call("deploy", tried("deploy", 0, **told))
    assert counted(capsys.readouterr().out) == [("flights", [1.0])]
    assert registered.call("deploy", tried("deploy", 2, **told)) == first
    [step] = registered.registry.page(Query(Noun.STEP, MODEL, run=RUN)).items
    assert isinstance(step, Step)
    assert step.name == "deploy"


def test_a_try_that_was_given_up_promotes_nothing(registered: Wheel) -> None:
    registered.call("deploy", tried("deploy", 0, spec=1, version=1))
    answer = registered.call("promote", tried("promote", 1, version=1))
    with pytest.raises(LateWrite):
        registered.call("promote", tried("promote", 0, version=1))
    assert registered.call("promote", tried("promote", 2, version=1)) == answer
    assert registered.registry.model(MODEL).head.champion == 1


@pytest.mark.parametrize("state", ["deploy", "promote"])
def test_a_try_that_goes_on_after_a_newer_one_has_begun_writes_nothing(registered: Wheel, state: str) -> None:
    answers: list[Any] = []

    def meanwhile() -> None:
        answers.append(registered.call(state, tried(state, 1, spec=1, version=1)))

    with before_the_second_write(meanwhile), pytest.raises(LateWrite):
        registered.call(state, tried(state, 0, spec=1, version=1))
    chain = registered.registry.audit(MODEL).items
    assert len(answers) == 1
    assert [link.receipt.action for link in chain] == (["promote"] if state == "promote" else []) + [
        "register", "receive", "apply",
    ]  # fmt: skip
