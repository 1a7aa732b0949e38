"""Profiles on a table that is busy: a write is sent again until it is answered, however many were before it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from botocore.awsrequest import AWSPreparedRequest
from botocore.exceptions import ConnectionClosedError
from botocore.httpsession import URLLib3Session

from shared.adapters import clients
from shared.adapters.dynamodb_profiles import DynamoProfiles
from shared.domain.hour import Folding, Hour

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SLOT = "2026-11-24T12"
BOTOCORES_QUOTA = 500 // 5
"""Repeats that botocore's own patience has, where none is given back."""


@contextmanager
def losing_each_first_reply() -> Iterator[list[str]]:
    """Each write of clients that are made here is carried out, and its first reply lost; where it was sent."""
    lost: list[str] = []
    turns = iter(range(1_000_000))

    def lose(request: AWSPreparedRequest, **_: object) -> None:
        if next(turns) % 2 == 0:
            URLLib3Session().send(request)
            lost.append(request.url)
            raise ConnectionClosedError(endpoint_url=request.url)

    emitter, event = clients._session().get_component("event_emitter"), "before-send.dynamodb.TransactWriteItems"
    emitter.register(event, lose)
    try:
        yield lost
    finally:
        emitter.unregister(event, lose)


def state(revision: int) -> Folding:
    return Folding("flights", SLOT, revision, (Hour(1, NOON, SLOT, revision, 0, b"", b""),))


def test_lost_replies_never_use_up_the_patience(table: str) -> None:
    profiles = DynamoProfiles(table)
    profiles.put(state(2))
    with losing_each_first_reply() as lost:
        late = DynamoProfiles(table)
        for _ in range(BOTOCORES_QUOTA + 2):
            late.put(state(1))
    assert len(lost) == BOTOCORES_QUOTA + 2
    assert [hour.rows for hour in profiles.hours("flights", 1, NOON, NOON.replace(hour=13))] == [2]
