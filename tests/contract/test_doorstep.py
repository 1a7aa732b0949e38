"""Doorstep: one file, put once, by whoever has the URL."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from shared.adapters.clients import client
from shared.adapters.s3_doorstep import S3Doorstep
from shared.ports.doorstep import Doorstep
from tests.fakes.doorstep import MemoryDoorstep

KEY = "flights/datasets/up_01JD0000000000000000000000/März 2013.csv"
BODY = b"hour,late\n1,0\n"
SHA256 = hashlib.sha256(BODY).hexdigest()


@dataclass(frozen=True, slots=True)
class Store:
    """A doorstep, and how somebody outside puts and reads."""

    doorstep: Doorstep
    put: Callable[[str, Mapping[str, str], bytes], int]
    read: Callable[[str], bytes]


@pytest.fixture(params=["memory", "s3"])
def store(request: pytest.FixtureRequest) -> Store:
    """An empty bucket."""
    if request.param == "memory":
        doorstep = MemoryDoorstep()
        return Store(doorstep, doorstep.put, lambda key: doorstep.bodies[key])
    request.getfixturevalue("aws")
    s3 = client("s3")
    s3.create_bucket(Bucket="data", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})

    def put(url: str, headers: Mapping[str, str], body: bytes) -> int:
        return requests.put(url, data=body, headers=dict(headers), timeout=5).status_code

    return Store(S3Doorstep("data"), put, lambda key: bytes(s3.get_object(Bucket="data", Key=key)["Body"].read()))


def test_a_file_is_put_where_the_ticket_says(store: Store) -> None:
    ticket = store.doorstep.ticket(KEY, len(BODY), SHA256, 900)
    assert (ticket.place.bucket, ticket.place.key, ticket.place.version) == ("data", KEY, "")
    assert store.put(ticket.url, ticket.headers, BODY) == 200
    assert store.read(KEY) == BODY


def test_a_file_that_is_there_is_never_written_over(store: Store) -> None:
    ticket = store.doorstep.ticket(KEY, len(BODY), SHA256, 900)
    assert [store.put(ticket.url, ticket.headers, BODY) for _ in range(2)] == [200, 412]


def test_an_empty_file_is_a_file(store: Store) -> None:
    ticket = store.doorstep.ticket(KEY, 0, hashlib.sha256(b"").hexdigest(), 900)
    assert store.put(ticket.url, ticket.headers, b"") == 200
    assert store.read(KEY) == b""


def test_the_headers_of_a_ticket_are_what_is_signed(aws: None) -> None:
    ticket = S3Doorstep("data").ticket(KEY, len(BODY), SHA256, 900)
    query = parse_qs(urlsplit(ticket.url).query)
    assert set(query["X-Amz-SignedHeaders"][0].split(";")) == {"host", *ticket.headers}
    assert (query["X-Amz-Expires"], query["X-Amz-Algorithm"]) == (["900"], ["AWS4-HMAC-SHA256"])
