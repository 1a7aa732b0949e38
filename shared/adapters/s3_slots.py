"""Slots on S3: a document a slot, replaced only by whoever read the newest one (`If-Match`)."""

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from shared.adapters.clients import answering, client, code_of
from shared.adapters.patience import THE_STORE, patiently
from shared.domain import places
from shared.domain.errors import Conflict, Problem

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

ABSENT = frozenset({"404", "NoSuchKey"})
MOVED = ABSENT | {"409", "412", "ConditionalRequestConflict", "PreconditionFailed"}
"""Refusals that mean: somebody wrote it, or is just writing it."""


class S3Slots:
    """The artifacts bucket."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket
        self._client: S3Client = client("s3")
        self._once: S3Client = client("s3", attempts=1)

    def read(self, model: str, slot: str) -> tuple[bytes, str]:
        """The body and its tag; both empty before the first write. Raises Unavailable."""
        try:
            with answering("the store"):
                answer = self._client.get_object(Bucket=self._bucket, Key=places.slot(model, slot))
                return answer["Body"].read(), answer["ETag"]
        except ClientError as refused:
            if code_of(refused) in ABSENT:
                return b"", ""
            raise

    def replace(self, model: str, slot: str, body: bytes, tag: str) -> None:
        """Write the body that follows the one with this tag; raises Conflict when it was replaced since."""
        key = places.slot(model, slot)

        def put() -> None:
            if tag:
                self._once.put_object(Bucket=self._bucket, Key=key, Body=body, IfMatch=tag)
            else:
                self._once.put_object(Bucket=self._bucket, Key=key, Body=body, IfNoneMatch="*")

        try:
            patiently(put, THE_STORE)
        except ClientError as refused:
            if code_of(refused) not in MOVED:
                raise
            moved = Problem("/slot", "another state", key[:99], tag[:99] or "none yet", "read it and merge again")
            raise Conflict(f"slot {slot} of {model} was written meanwhile", moved) from refused
