"""Where the engines themselves (DynamoDB Local, moto) differ from AWS, and what they keep that code relies on."""

from __future__ import annotations

from dataclasses import dataclass

from local.differences import Difference

_ENGINE = "tests/contract/test_engine.py::"
_MOTO = "tests/contract/patches/test_leniency.py::"


@dataclass(frozen=True, slots=True)
class Likeness:
    """What AWS and the engine both do, and the test (its node id) that proves it of the engine."""

    id: str
    both: str
    proof: str


ENGINES: tuple[Difference, ...] = (
    Difference(
        "transaction-conflicts",
        "transactions that meet on an item are cancelled with TransactionConflict",
        "they are carried out one after the other, and none is cancelled for that; proofs put conflicts in",
        _ENGINE + "test_transactions_that_meet_on_an_item_never_conflict",
    ),
    Difference(
        "index-lag",
        "an index shows a write a moment later",
        "it shows it at once",
        _ENGINE + "test_an_index_shows_a_write_at_once",
    ),
    Difference(
        "table-throttling",
        "a table, or a part of it, takes so many calls a second",
        "it takes as many as the machine can; proofs put throttling in",
        _ENGINE + "test_no_rate_of_writes_is_refused",
    ),
    Difference(
        "object-checksums",
        "bytes that do not match the checksum sent with them are refused",
        "they are kept",
        _MOTO + "test_bytes_that_do_not_match_their_checksum_are_kept",
    ),
    Difference(
        "object-conflicts",
        "of two conditional writes at the same moment one may be told 409, to try again",
        "the second is always told 412",
        "tests/contract/patches/test_stored_objects.py::test_of_two_writers_who_want_to_be_first_one_is",
    ),
    Difference(
        "execution-names",
        "the name of an execution has at most 80 letters, digits, - and _",
        "it may be anything",
        _MOTO + "test_an_execution_may_have_any_name",
    ),
    Difference(
        "execution-input",
        "an input over 256 KB is refused",
        "it is taken",
        _MOTO + "test_an_execution_takes_an_input_that_aws_refuses",
    ),
    Difference(
        "redrive",
        "an execution that failed can be redriven for 14 days",
        "it cannot",
        _MOTO + "test_an_execution_cannot_be_redriven",
    ),
    Difference(
        "task-tokens",
        "a token that was answered, or whose execution has ended, is refused",
        "it is taken, and does nothing",
        _MOTO + "test_a_token_may_be_answered_once_more",
    ),
)

ALIKE: tuple[Likeness, ...] = (
    Likeness(
        "client-token",
        "a transaction that is sent again under its client token is carried out once; another one under it is refused",
        _ENGINE + "test_a_transaction_that_is_sent_again_under_its_token_is_carried_out_once",
    ),
    Likeness(
        "failed-condition",
        "a transaction that is cancelled says which condition failed, and what is there instead",
        _ENGINE + "test_a_cancelled_transaction_says_which_condition_failed_on_what",
    ),
    Likeness(
        "transaction-size",
        "a transaction has at most 100 items and 4 MB, and each item once",
        _ENGINE + "test_a_transaction_over_a_limit_is_refused",
    ),
    Likeness("item-size", "an item has at most 400 KB", _ENGINE + "test_an_item_over_400_kb_is_refused"),
    Likeness(
        "written-once",
        "If-None-Match and If-Match are kept: who comes second is told 412",
        _MOTO + "test_conditions_of_writes_are_kept",
    ),
    Likeness(
        "started-once",
        "a name of an execution is taken for good; while it runs, the same input under it is a success",
        _MOTO + "test_an_execution_starts_once_under_its_name",
    ),
)
