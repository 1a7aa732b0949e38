"""The quick tier of `make chaos-throttle`: two models, twenty seconds."""

import pytest

from tests.proofs.chaos_throttle import prove


@pytest.mark.slow
def test_a_storm_of_twenty_seconds_loses_nothing() -> None:
    found = prove(seed=1, count=2, seconds=20)
    assert found.violations == []
    assert found.finished == 2
    assert found.hit
