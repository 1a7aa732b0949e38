"""The quick tier of `make mutants`: three of them, chosen by the seed; and what a mutation does to what is sent."""

import pytest

from tests.proofs.mutants import chosen, fate, sent_in
from tests.proofs.mutations import Mutant, Taken, seen

SEED = 1
WATCHED = 6
SPENT = {"Update": {
    "TableName": "registry", "Key": {"PK": {"S": "MODEL#flights"}, "SK": {"S": "VERSION#00000001"}},
    "UpdateExpression": "SET #reason = :reason", "ConditionExpression": "#state = :was",
    "ExpressionAttributeNames": {"#reason": "reason_code", "#state": "state"},
    "ExpressionAttributeValues": {":reason": {"S": ""}, ":was": {"S": "candidate"}},
    "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
}}  # fmt: skip


@pytest.mark.usefixtures("engine_of_its_own")
def test_the_auditor_notices_what_was_taken_out() -> None:
    every = seen(sent_in(range(SEED, SEED + WATCHED)))
    fates = [fate(mutant, SEED) for mutant in chosen(every, SEED, 3)]
    assert [str(one.mutant) for one in fates if not one.said] == []


def test_each_condition_and_each_write_that_is_sent_is_a_mutant() -> None:
    assert [mutant.taken for mutant in seen([[SPENT]])] == [Taken.WRITE, Taken.CONDITION]


def test_a_write_without_its_condition_says_nothing_of_it() -> None:
    mutant = Mutant("Update", "VERSION", "#state = :was", Taken.CONDITION)
    (sent,) = mutant.mutate()([SPENT])
    assert {"#state", ":was"}.isdisjoint(str(sent).split("'"))
    assert sent["Update"]["ExpressionAttributeNames"] == {"#reason": "reason_code"}


def test_a_write_that_is_left_out_keeps_its_place() -> None:
    mutant = Mutant("Update", "VERSION", "#state = :was", Taken.WRITE)
    sent = mutant.mutate()([SPENT, {"Put": {"TableName": "registry", "Item": {"SK": {"S": "HEAD"}}}}])
    assert [next(iter(write)) for write in sent] == ["Put", "Put"]
