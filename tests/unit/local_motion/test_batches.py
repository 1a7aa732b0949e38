"""What a function's answer says about its batch."""

import pytest

from local.clockwork.batches import failed_items
from local.deployment import BatchFailures
from local.runtime.calls import Outcome

IDS = ("a", "b")


def failed(answer: str, error: str = "", failures: BatchFailures = BatchFailures.REPORTED) -> set[str]:
    return set(failed_items(Outcome("r", answer.encode(), error), failures, IDS))


def test_the_items_that_the_answer_names_failed() -> None:
    assert failed('{"batchItemFailures": [{"itemIdentifier": "b"}]}') == {"b"}


@pytest.mark.parametrize("answer", ["null", "{}", '{"batchItemFailures": []}', '{"batchItemFailures": null}'])
def test_an_answer_that_names_nothing_is_success(answer: str) -> None:
    assert failed(answer) == set()


@pytest.mark.parametrize(
    "answer",
    [
        "not json",
        '"text"',
        '{"batchItemFailures": [{"itemIdentifier": "stranger"}]}',
        '{"batchItemFailures": [{"itemIdentifier": ""}]}',
        '{"batchItemFailures": [{"id": "a"}]}',
    ],
)
def test_a_malformed_answer_fails_the_whole_batch(answer: str) -> None:
    assert failed(answer) == {"a", "b"}


def test_a_function_error_fails_the_whole_batch() -> None:
    assert failed("{}", error="Unhandled") == {"a", "b"}


def test_a_source_without_reports_takes_any_answer_for_success() -> None:
    assert failed('{"batchItemFailures": [{"itemIdentifier": "b"}]}', failures=BatchFailures.WHOLE_BATCH) == set()
