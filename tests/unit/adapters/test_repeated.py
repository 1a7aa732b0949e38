"""Conditional writes are sent again where no answer came, and each refusal that is an answer passes as it is."""

from collections.abc import Callable

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError

from shared.adapters import clients
from shared.adapters.clients import TURNS, repeated
from shared.domain.errors import Unavailable

LOST = ConnectionClosedError(endpoint_url="http://localhost")
THERE = ClientError({"Error": {"Code": "PreconditionFailed"}}, "PutObject")


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "PAUSE_S", 0)


def answering(*answers: Exception | str) -> Callable[[], str]:
    """A call that is answered so, one after the other."""
    left = iter(answers)

    def call() -> str:
        answer = next(left)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return call


def test_a_reply_that_is_lost_twice_is_asked_for_again() -> None:
    assert repeated(answering(LOST, LOST, "done"), "the store") == "done"


def test_that_it_is_there_already_is_an_answer() -> None:
    with pytest.raises(ClientError) as refused:
        repeated(answering(LOST, THERE), "the store")
    assert refused.value is THERE


def test_a_store_that_never_answers_is_unavailable() -> None:
    with pytest.raises(Unavailable, match="the store did not answer"):
        repeated(answering(*[LOST] * TURNS, "too late"), "the store")
