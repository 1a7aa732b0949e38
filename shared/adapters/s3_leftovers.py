"""Leftovers on S3: one list of the artifacts' prefix, a thousand keys a call."""

from datetime import datetime
from typing import TYPE_CHECKING

from shared.adapters.clients import answering, client
from shared.domain import places

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


class S3Leftovers:
    """The artifacts bucket."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket
        self._client: S3Client = client("s3")

    def before(self, at: datetime) -> tuple[str, ...]:
        """The hashes of artifacts without a manifest whose bytes are older, in their order; raises Unavailable."""
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=places.ARTIFACTS)
        with answering("the store"):
            came = {entry["Key"]: entry["LastModified"] for page in pages for entry in page.get("Contents", ())}
        return places.unowned(came, at)
