"""What a spec may say, and seldom means."""

import pytest

from shared.domain.spec.advice import NO_KEY, advice
from tests import examples

LONGEST = 99


def test_rows_that_are_added_without_a_key_may_be_learned_from_twice() -> None:
    assert list(advice(examples.spec())) == [NO_KEY]


@pytest.mark.parametrize("data", [{"key": ["hour"]}, {"uploads": "replace"}])
def test_a_key_or_files_that_replace_each_other_need_no_advice(data: dict[str, object]) -> None:
    assert list(advice(examples.spec(data=data))) == []


def test_advice_says_what_got_expected_and_fix() -> None:
    fields = (NO_KEY.detail, NO_KEY.got, NO_KEY.expected, NO_KEY.fix)
    assert all(0 < len(field) <= LONGEST for field in fields)
