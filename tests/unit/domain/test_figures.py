"""Figures read as a person would write them."""

import pytest

from shared.domain import figures


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.62634, "0.6263"),
        (0.0, "0.0000"),
        (-0.0, "0.0000"),
        (1.4e-7, "1.4e-07"),
        (12.3456, "12.35"),
        (123456.7, "123,457"),
    ],
)
def test_a_number_has_as_many_digits_as_tell_something(value: float, text: str) -> None:
    assert figures.figure("", value) == text


def test_latency_and_size_carry_their_unit() -> None:
    assert figures.figure("latency_p99", 12.345) == "12.3 ms"
    assert figures.figure("size", 1_234_567) == "1.23 MB"


def test_a_limit_keeps_the_digits_of_its_owner() -> None:
    assert figures.limit("roc_auc", 0.6) == "0.6"
    assert figures.limit("latency_p99", 20) == "20 ms"


def test_a_value_without_a_width_stands_alone() -> None:
    assert figures.quoted("latency_p99", 2, 2, 2) == "2 ms"
    assert figures.quoted("roc_auc", 0.5, 0.4, 0.6) == "0.5000 (0.4000 to 0.6000)"


def test_an_interval_has_the_digits_of_its_largest_end() -> None:
    assert figures.change("brier", 0.001, -0.0000994, 0.0021) == "+0.0010 (-0.0001 to +0.0021)"


def test_a_change_is_signed() -> None:
    assert figures.change("roc_auc", 0.032, 0.029, 0.0343) == "+0.0320 (+0.0290 to +0.0343)"
    assert figures.change("brier", -0.006, -0.006, -0.006) == "-0.0060"
