"""The quick tier of `make chaos-reply`: ten writes of one story."""

import pytest

from tests.proofs.chaos_reply import prove


@pytest.mark.slow
def test_a_story_that_loses_replies_is_told_as_the_faultless_one() -> None:
    found = prove(seed=1, count=10)
    assert found.violations == []
    assert found.lost
