"""Names: one pattern, by full match; ids carry their noun."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.names import digest_id, is_id, is_model_name, model_name
from shared.domain.order import command_id
from tests.fakes.ids import CountingIds


@pytest.mark.parametrize("name", ["a", "flights", "flights-2013", "a" * 40, "a-"])
def test_a_model_is_named_by_a_letter_then_letters_digits_and_dashes(name: str) -> None:
    assert model_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Flights",
        "2flights",
        "-a",
        "a_b",
        "a.b",
        "a b",
        "flights\n",
        "\nflights",
        "fl%2eights",
        "é",
        "a" * 41,
        "a/b",
    ],
)
def test_anything_else_is_no_models_name(name: str) -> None:
    assert not is_model_name(name)
    with pytest.raises(ValueError, match="lower-case letter"):
        model_name(name)


def test_an_id_is_its_noun_and_a_ulid() -> None:
    run = CountingIds().new("run")
    assert is_id("run", run)
    assert not is_id("up", run)
    assert not is_id("run", f"{run}\n")
    assert not is_id("run", "run_01jdz3k4m5n6p7q8r9stvwxyza")
    assert not is_id("run", f"x{run}")


@given(st.lists(st.text(), min_size=1, max_size=3))
def test_an_id_of_parts_is_well_formed_and_always_the_same(parts: list[str]) -> None:
    assert is_id("up", digest_id("up", *parts))
    assert digest_id("up", *parts) == digest_id("up", *parts)


def test_other_parts_give_another_id() -> None:
    assert len({command_id("ada", "key"), command_id("adak", "ey"), command_id("ada", "key", "")}) == 3
