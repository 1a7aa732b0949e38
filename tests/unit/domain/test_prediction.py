"""The id of a prediction, and the arm that its row is dealt to."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.errors import NameRefused
from shared.domain.prediction import PredictionId, dealt, parse, row_bytes, sharing
from shared.domain.serving import Arm, Role

ULID = "01JD0000000000000000000000"
IDS = st.builds(
    PredictionId,
    model=st.from_regex(r"[a-z][a-z0-9-]{0,39}", fullmatch=True),
    version=st.integers(1, 999_999_999),
    role=st.sampled_from(Role),
    request=st.from_regex(r"[0-7][0-9A-HJKMNP-TV-Z]{25}", fullmatch=True),
    row=st.integers(0, 9_999),
)
ROWS = st.dictionaries(
    st.text(max_size=6),
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    max_size=4,
)


def champion(share: float = 1.0) -> Arm:
    """Version 1 with the rest of the rows."""
    return Arm(1, Role.CHAMPION, share, "a")


def challenger(share: float, version: int = 2) -> Arm:
    """A newer version with so many of the rows."""
    return Arm(version, Role.CHALLENGER, share, "b")


def arm_of(row: dict[str, object], *arms: Arm, key: tuple[str, ...] = ()) -> Arm:
    """The arm that one row gets."""
    (arm,) = (arm for arm, places in dealt(sharing(arms), "flights", [row], key).items() if places)
    return arm


@given(IDS)
def test_an_id_says_all_that_it_was_made_of(prediction: PredictionId) -> None:
    assert parse(str(prediction)) == prediction


@given(IDS, IDS)
def test_two_predictions_never_have_one_id(one: PredictionId, other: PredictionId) -> None:
    assert (str(one) == str(other)) == (one == other)


def test_an_id_reads_as_its_parts() -> None:
    assert str(PredictionId("flights", 3, Role.CHAMPION, ULID, 17)) == f"prd_flights_3c_{ULID}_17"


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"prd_flights_3c_{ULID}_17\n",
        f"prd_flights_3x_{ULID}_17",
        f"prd_flights_0c_{ULID}_17",
        f"prd_flights_03c_{ULID}_17",
        f"prd_flights_3c_{ULID}_017",
        f"prd_flights_3c_{ULID}_-1",
        f"prd_flights_3c_{ULID}",
        f"prd_Flights_3c_{ULID}_1",
        f"prd_fl_ights_3c_{ULID}_1",
        f"prd_flights_3c_{ULID.lower()}_1",
        f"prd_flights_3c_8{ULID[1:]}_1",
        f"run_{ULID}",
    ],
)
def test_a_text_that_is_no_whole_id_is_refused(text: str) -> None:
    with pytest.raises(NameRefused):
        parse(text)


@given(st.lists(ROWS, max_size=8), st.floats(0.01, 0.99))
def test_every_row_goes_to_exactly_one_arm(rows: list[dict[str, object]], share: float) -> None:
    places = dealt(sharing([champion(1 - share), challenger(share)]), "flights", rows)
    assert sorted(place for group in places.values() for place in group) == list(range(len(rows)))


@given(ROWS, ROWS, st.floats(0.01, 0.99))
def test_the_same_row_always_gets_the_same_arm(row: dict[str, object], other: dict[str, object], share: float) -> None:
    arms = sharing([champion(1 - share), challenger(share)])
    alone = dealt(arms, "flights", [row])
    among = dealt(arms, "flights", [other, dict(reversed(row.items()))])
    assert [arm for arm, places in alone.items() if places] == [arm for arm, places in among.items() if 1 in places]


@given(ROWS, st.floats(0.01, 0.5), st.floats(0.0, 0.49))
def test_a_challenger_that_grows_keeps_its_rows(row: dict[str, object], share: float, more: float) -> None:
    small = arm_of(row, champion(1 - share), challenger(share))
    large = arm_of(row, champion(1 - share - more), challenger(share + more))
    assert small.role is Role.CHAMPION or large.role is Role.CHALLENGER


@given(st.integers(0, 10**6), ROWS, ROWS)
def test_rows_with_one_key_get_one_arm(key: int, one: dict[str, object], other: dict[str, object]) -> None:
    arms = champion(0.5), challenger(0.5)
    assert arm_of({**one, "flight": key}, *arms, key=("flight",)) == arm_of(
        {**other, "flight": float(key)}, *arms, key=("flight",)
    )


def test_a_share_is_the_share_of_many_rows() -> None:
    rows = [{"flight": number} for number in range(5_000)]
    places = dealt(sharing([champion(0.8), challenger(0.2)]), "flights", rows)
    assert len(places[challenger(0.2)]) == pytest.approx(1_000, abs=100)


def test_another_rollout_deals_anew() -> None:
    rows = [{"flight": number} for number in range(1_000)]
    first, second = (
        set(dealt(sharing([champion(0.5), challenger(0.5, version)]), "flights", rows)[challenger(0.5, version)])
        for version in (2, 3)
    )
    assert 100 < len(first & second) < 400


def test_the_order_in_which_arms_are_written_deals_nothing_else() -> None:
    rows = [{"flight": number} for number in range(100)]
    arms = champion(0.5), challenger(0.5)
    assert dealt(sharing(arms), "flights", rows) == dealt(sharing(arms[::-1]), "flights", rows)


def test_an_arm_without_a_share_gets_nothing() -> None:
    pinned = Arm(2, Role.PINNED, 0.0, "b")
    assert sharing([pinned, champion()]) == (champion(),)


@given(st.lists(st.text(min_size=1, max_size=12), max_size=6, unique=True), st.floats(0, 1), st.floats())
def test_a_row_never_takes_more_bytes_than_was_reckoned(classes: list[str], probability: float, value: float) -> None:
    row = {
        "id": str(PredictionId("m" * 40, 999_999_999, Role.CHAMPION, ULID, 9_999)),
        "version": 999_999_999,
        "value": max(classes, key=len, default=value),
        "probabilities": dict.fromkeys(classes, round(probability, 7)),
        "threshold": 1 - probability,
    }
    written = json.dumps(json.dumps(row, separators=(",", ":")) + ",")
    assert len(written) - len('""') <= row_bytes(tuple(classes))
