"""Which objects are told of again when the cloud starts."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from local.retold import WITHIN, _events

END = datetime(2026, 11, 24, 12, tzinfo=UTC)


def _version(key: str, before_the_end: timedelta) -> dict[str, Any]:
    """A version as S3 lists it."""
    return {"Key": key, "Size": 1, "ETag": '"e"', "VersionId": "v", "LastModified": END - before_the_end}


def test_the_newest_are_told_of_oldest_first_with_rising_sequencers() -> None:
    versions = [_version("b", timedelta(0)), _version("a", WITHIN), _version("long ago", WITHIN + timedelta(seconds=1))]
    objects = [json.loads(event["Detail"])["object"] for event in _events("captures", versions)]
    assert [one["key"] for one in objects] == ["a", "b"]
    assert objects[0]["sequencer"] < objects[1]["sequencer"]
