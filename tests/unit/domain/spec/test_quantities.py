"""Quantities: values that carry their unit are read and written to the last digit."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from shared.domain.spec.quantities import Duration, PerPeriod, Rate, Share

SHARE, DURATION, RATE = TypeAdapter(Share), TypeAdapter(Duration), TypeAdapter(PerPeriod)


@pytest.mark.parametrize(("text", "share"), [("0%", 0), ("10%", 0.1), ("0.1%", 0.001), ("33.3%", 0.333), ("100%", 1)])
def test_a_share_is_read_and_written(text: str, share: float) -> None:
    assert SHARE.validate_python(text) == share
    assert SHARE.dump_python(share) == text


@pytest.mark.parametrize("text", ["10", 0.1, "110%", "-1%", "10 %", "10%\n", "1e1%", "%", True, "٣%"])
def test_what_is_no_share_is_refused(text: object) -> None:
    with pytest.raises(ValidationError):
        SHARE.validate_python(text)


@pytest.mark.parametrize(
    ("text", "seconds", "written"),
    [
        ("30m", 1800, "30m"),
        ("90m", 5400, "90m"),
        ("60m", 3600, "1h"),
        ("1.5h", 5400, "90m"),
        ("2w", 14 * 86400, "14d"),
        ("0.25s", 0.25, "0.25s"),
        ("0s", 0, "0s"),
        ("3650d", 3650 * 86400, "3650d"),
    ],
)
def test_a_duration_is_read_and_written(text: str, seconds: float, written: str) -> None:
    assert DURATION.validate_python(text) == timedelta(seconds=seconds)
    assert DURATION.dump_python(timedelta(seconds=seconds)) == written


@pytest.mark.parametrize("text", ["30", 30, "3651d", "999999999999w", "1y", "h", "-1h", "1h 30m", "1 h"])
def test_what_is_no_duration_is_refused(text: object) -> None:
    with pytest.raises(ValidationError):
        DURATION.validate_python(text)


def test_a_rate_is_read_and_written_and_has_a_length() -> None:
    assert RATE.validate_python("4/day") == Rate(4, "day")
    assert RATE.dump_python(Rate(1, "month")) == "1/month"
    assert Rate(4, "day").length == timedelta(days=1)


@pytest.mark.parametrize("text", ["0/day", "4/fortnight", "4", "4 / day", "-1/day"])
def test_what_is_no_rate_is_refused(text: object) -> None:
    with pytest.raises(ValidationError):
        RATE.validate_python(text)


@given(st.decimals(0, 100, places=10))
def test_any_share_is_written_as_it_was_read(share: object) -> None:
    read = SHARE.validate_python(f"{share:f}%")
    assert SHARE.validate_python(SHARE.dump_python(read)) == read


@given(st.timedeltas(timedelta(), timedelta(days=3650)))
def test_any_duration_is_read_as_it_was_written(time: timedelta) -> None:
    assert DURATION.validate_python(DURATION.dump_python(time)) == time
