"""Filter criteria of an event source mapping."""

import json

import pytest

from local.clockwork.event_patterns import UnknownOperator, matcher

RECORD = {"eventName": "INSERT", "n": 5, "dynamodb": {"NewImage": {"kind": {"S": "audit"}, "tags": {"SS": ["a", "b"]}}}}


@pytest.mark.parametrize(
    "pattern",
    [
        {},
        {"eventName": ["INSERT", "MODIFY"]},
        {"dynamodb": {"NewImage": {"kind": {"S": ["audit"]}}}},
        {"dynamodb": {"NewImage": {"kind": {"S": [{"prefix": "aud"}]}}}},
        {"dynamodb": {"NewImage": {"tags": {"SS": ["b"]}}}},
        {"dynamodb": {"OldImage": [{"exists": False}]}},
        {"eventName": [{"anything-but": ["REMOVE"]}], "n": [{"numeric": [">", 4, "<=", 5]}]},
        {"$or": [{"eventName": ["REMOVE"]}, {"n": [5]}]},
        {"eventName": [{"equals-ignore-case": "insert"}]},
        {"eventName": [{"suffix": "SERT"}]},
    ],
)
def test_a_record_passes(pattern: dict[str, object]) -> None:
    assert matcher(json.dumps(pattern))(RECORD)


@pytest.mark.parametrize(
    "pattern",
    [
        {"eventName": ["REMOVE"]},
        {"eventName": ["INSERT"], "n": [6]},
        {"n": [True]},
        {"absent": ["x"]},
        {"eventName": {"deeper": ["x"]}},
        {"n": [{"numeric": ["<", 5]}]},
        {"dynamodb": {"NewImage": [{"exists": False}]}},
    ],
)
def test_a_record_does_not_pass(pattern: dict[str, object]) -> None:
    assert not matcher(json.dumps(pattern))(RECORD)


def test_an_unknown_operator_is_refused_at_once() -> None:
    with pytest.raises(UnknownOperator):
        matcher('{"eventName": [{"regex": ".*"}]}')
