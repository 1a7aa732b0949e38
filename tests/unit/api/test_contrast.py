"""Two data versions side by side, over the API."""

import pytest

from shared.domain import places, profile
from shared.domain.profile import Numbers, Profile, categories
from tests.unit.api.gateway import Gateway
from tests.unit.api.models import learned, replaced

HOURS = Numbers((6.0, 12.0), (40, 30, 30), 0, (5.0, 6.0, 12.0, 23.0), (0, 40, 70, 99))
LATER = Numbers((9.0, 15.0), (40, 30, 30), 0, (5.0, 9.0, 15.0, 23.0), (0, 40, 70, 99))


def counted(gateway: Gateway) -> tuple[str, str]:
    """Two data versions, older first, whose rows were counted: the second one's flights leave later in the day."""
    newest, oldest = (each["id"] for each in replaced(gateway).get("/models/flights/datasets").json["items"])
    for dataset, hours, late in ((oldest, HOURS, 20), (newest, LATER, 21)):
        target = categories({"0": 100 - late, "1": late})
        body = profile.to_json(Profile(100, {"hour": hours}, target)).encode()
        gateway.artifacts.write(places.dataset("flights", dataset, "profile.json"), body)
    return oldest, newest


def test_a_data_version_is_held_against_the_one_before_it() -> None:
    gateway = Gateway()
    oldest, newest = counted(gateway)
    found = gateway.get(f"/models/flights/datasets/{newest}/diff").json
    assert (found["was"]["id"], found["now"]["id"]) == (oldest, newest)
    assert found["now"] == gateway.get(f"/models/flights/datasets/{newest}").json
    hour, late = found["columns"]
    assert (hour["name"], hour["change"], late["name"]) == ("hour", "kept", "late")
    assert hour["psi"] > 0.1 > late["psi"] > 0
    assert hour["was"] == {"type": "integer", "missing_share": 0.0, "min": 5.0, "max": 23.0, "levels": None}


def test_it_may_be_held_against_any_other_one() -> None:
    gateway = Gateway()
    oldest, newest = counted(gateway)
    back = gateway.get(f"/models/flights/datasets/{oldest}/diff?against={newest}").json
    assert (back["was"]["id"], back["now"]["id"]) == (newest, oldest)
    same = gateway.get(f"/models/flights/datasets/{newest}/diff?against={newest}").json
    assert [each["psi"] for each in same["columns"]] == [0, 0]


def test_the_first_data_version_has_none_before_it() -> None:
    gateway = Gateway()
    oldest, _ = counted(gateway)
    reply = gateway.get(f"/models/flights/datasets/{oldest}/diff")
    assert (reply.status, reply.slug) == (404, "not-found")
    assert reply.json["errors"][0]["fix"] == "treadle datasets list flights"


@pytest.mark.parametrize("against", ["yesterday", "run_01JD0000000000000000000000"])
def test_what_is_no_data_version_is_held_against_nothing(against: str) -> None:
    gateway = Gateway()
    _, newest = counted(gateway)
    assert gateway.get(f"/models/flights/datasets/{newest}/diff?against={against}").slug == "request-refused"


def test_a_data_version_that_is_not_there_is_named() -> None:
    gateway = Gateway()
    _, newest = counted(gateway)
    assert gateway.get(f"/models/flights/datasets/{newest}/diff?against=ds_{'0' * 26}").slug == "not-found"


def test_a_data_version_whose_rows_were_not_counted_cannot_be_compared() -> None:
    gateway = Gateway()
    dataset = learned(gateway).replace("run_", "ds_")
    assert gateway.get(f"/models/flights/datasets/{dataset}/diff?against={dataset}").slug == "not-found"
