"""Lists: a page at a time, newest first."""

from datetime import timedelta

import pytest

from tests.unit.api.gateway import Gateway
from tests.unit.api.models import learned, registered


def uploaded(count: int) -> Gateway:
    """A model with so many uploads, a minute apart."""
    gateway = Gateway()
    gateway.world.applied()
    for number in range(count):
        at = gateway.world.clock.pass_time(timedelta(minutes=1))
        gateway.world.told_of(f"flights/datasets/{number}.csv", at=at)
    return gateway


def test_pages_follow_one_another_to_the_end_without_a_gap() -> None:
    gateway = uploaded(5)
    pages = [gateway.get("/models/flights/uploads?limit=2").json]
    while cursor := pages[-1]["next"]:
        pages.append(gateway.get(f"/models/flights/uploads?limit=2&cursor={cursor}").json)
    files = [[item["file"].rpartition("/")[2] for item in page["items"]] for page in pages]
    assert files == [["4.csv", "3.csv"], ["2.csv", "1.csv"], ["0.csv"]]


def test_since_leaves_out_what_is_older() -> None:
    page = uploaded(5).get("/models/flights/uploads?since=2013-04-01T14:04:00%2B02:00").json
    assert [item["received_at"] for item in page["items"]] == ["2013-04-01T12:05:00Z", "2013-04-01T12:04:00Z"]


def test_a_status_leaves_out_what_is_in_another() -> None:
    gateway = registered(Gateway())
    assert [run["status"] for run in gateway.get("/models/flights/runs?status=succeeded").json["items"]] == [
        "succeeded"
    ]
    assert gateway.get("/models/flights/runs?status=failed").json == {"items": [], "next": None}
    assert len(gateway.get("/models/flights/versions?status=candidate").json["items"]) == 1


def test_the_audit_ends_at_since() -> None:
    gateway = uploaded(3)
    page = gateway.get("/models/flights/audit?since=2013-04-01T12:02:00Z").json
    assert [item["action"] for item in page["items"]] == ["receive", "receive"]
    assert page["next"] is None


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("limit=0", "/limit"),
        ("limit=201", "/limit"),
        ("limit=many", "/limit"),
        ("limit=1e1", "/limit"),
        ("since=yesterday", "/since"),
        ("since=1364817600", "/since"),
        ("since=2013-04-01T12:00:00", "/since"),
        ("since=2013-02-30T12:00:00Z", "/since"),
        ("status=lost", "/status"),
        ("cursor=nothing", "/cursor"),
        ("colour=red", "/colour"),
    ],
)
def test_a_query_that_is_wrong_is_pointed_at(query: str, pointer: str) -> None:
    gateway = Gateway()
    gateway.world.applied()
    reply = gateway.get(f"/models/flights/uploads?{query}")
    assert (reply.status, reply.slug, reply.json["errors"][0]["pointer"]) == (422, "request-refused", pointer)


def test_an_empty_parameter_is_none() -> None:
    gateway = Gateway()
    learned(gateway)
    assert len(gateway.get("/models/flights/runs?status=&since=&cursor=").json["items"]) == 1


def test_lists_of_a_model_say_its_revision() -> None:
    gateway = Gateway()
    gateway.world.applied()
    for noun in ("specs", "uploads", "datasets", "runs", "versions", "audit"):
        assert gateway.get(f"/models/flights/{noun}").headers["etag"] == '"1"'
