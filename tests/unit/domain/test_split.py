"""Rule 4: splits never leak."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.split import Side, cut, first_of_newest, side_at, side_of

MARCH = datetime(2013, 3, 14, 23, tzinfo=UTC)
instants = st.datetimes(datetime(1990, 1, 1), datetime(2050, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def test_a_row_on_the_cut_is_a_test_row() -> None:
    assert side_at(MARCH, MARCH) is Side.TEST
    assert side_at(MARCH - timedelta(microseconds=1), MARCH) is Side.TRAIN


@pytest.mark.parametrize(
    ("rows", "share", "first"), [(10, 0.2, 8), (10, 0.3, 7), (11, 0.2, 8), (1, 0.2, 0), (3, 1, 0), (5, 0, 4)]
)
def test_the_newest_share_is_at_least_the_share_and_a_row(rows: int, share: float, first: int) -> None:
    assert first_of_newest(rows, share) == first


def test_no_row_has_no_newest() -> None:
    with pytest.raises(ValueError, match="at least one row"):
        first_of_newest(0, 0.2)


@given(instants, st.none() | instants, st.none() | instants)
def test_the_cut_is_never_before_the_newest_share_the_last_cut_or_what_was_learned(
    newest: datetime, last: datetime | None, learned: datetime | None
) -> None:
    at = cut(newest, last, learned)
    assert at >= newest
    assert last is None or at >= last
    assert learned is None or side_at(learned, at) is Side.TRAIN
    assert at in {newest, last, learned and learned + timedelta(microseconds=1)}


@given(st.lists(instants, min_size=1, max_size=6))
def test_a_row_that_was_trained_on_stays_a_training_row(newest: list[datetime]) -> None:
    cuts: list[datetime] = []
    for instant in newest:
        cuts.append(cut(instant, cuts[-1] if cuts else None, None))
    assert cuts == sorted(cuts)


@given(st.text(max_size=20), st.floats(0, 1), st.floats(0, 1))
def test_a_key_is_on_one_side_for_ever_and_a_larger_share_only_adds(key: str, one: float, other: float) -> None:
    small, large = sorted((one, other))
    assert side_of(key, small) is side_of(key, small)
    assert side_of(key, small) is Side.TRAIN or side_of(key, large) is Side.TEST


def test_the_share_by_key_is_met() -> None:
    held = sum(side_of(f"flight {number}", 0.2) is Side.TEST for number in range(20_000))
    assert held == pytest.approx(4_000, rel=0.05)
