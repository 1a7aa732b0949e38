"""Eraser on S3: in a bucket with versions a plain delete only hides, so each version is deleted by its id."""

from typing import TYPE_CHECKING

from shared.adapters.clients import answering, client

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


class S3Eraser:
    """One bucket."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket
        self._client: S3Client = client("s3")

    def erase(self, key: str) -> None:
        """Erase every version of the body, and what hides it; raises Unavailable."""
        with answering("the store"):
            pages = self._client.get_paginator("list_object_versions").paginate(Bucket=self._bucket, Prefix=key)
            found = [one for page in pages for one in (*page.get("Versions", ()), *page.get("DeleteMarkers", ()))]
            for one in found:
                if one["Key"] == key:
                    self._client.delete_object(Bucket=self._bucket, Key=key, VersionId=one["VersionId"])
