"""Arrivals: what lies in the data bucket on S3, announced once more on the queue that its own events come by."""

import json
from datetime import datetime
from typing import TYPE_CHECKING

from shared.adapters.clients import answering, client
from shared.domain.upload import Place
from shared.ports.arrivals import Arrival

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sqs import SQSClient


class S3Arrivals:
    """The data bucket, which keeps versions, and trigger's queue; raises Unavailable."""

    def __init__(self, bucket: str, queue: str) -> None:
        self._bucket = bucket
        self._queue = queue
        self._objects: S3Client = client("s3")
        self._messages: SQSClient = client("sqs")

    def since(self, at: datetime) -> tuple[Arrival, ...]:
        """The data sets put there since, newest version of each, oldest first.

        People name the files, and the ids of those that were given one are digests: no key tells when it came, and all
        are listed, 1,000 versions a call.
        """
        with answering("the store"):
            pages = self._objects.get_paginator("list_object_versions").paginate(Bucket=self._bucket)
            found = [
                Arrival(Place(self._bucket, one["Key"], one["VersionId"]), one["Size"], one["LastModified"])
                for page in pages
                for one in page.get("Versions", ())
                if one["IsLatest"] and one["LastModified"] >= at and one["Key"].split("/")[1:2] == ["datasets"]
            ]
        return tuple(sorted(found, key=lambda arrival: (arrival.at, arrival.place.key)))

    def announce(self, arrival: Arrival) -> None:
        """Tell trigger of it, as the bucket's own event would have."""
        with answering("the queue"):
            self._messages.send_message(QueueUrl=self._queue, MessageBody=_event(arrival))


def _event(arrival: Arrival) -> str:
    """https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html, as far as anybody reads it."""
    place = arrival.place
    return json.dumps(
        {
            "version": "0",
            "id": place.upload,
            "detail-type": "Object Created",
            "source": "aws.s3",
            "time": arrival.at.isoformat(),
            "detail": {
                "bucket": {"name": place.bucket},
                "object": {"key": place.key, "size": arrival.bytes, "version-id": place.version},
                "reason": "PutObject",
            },
        }
    )
