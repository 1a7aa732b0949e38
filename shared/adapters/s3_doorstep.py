"""Doorstep on S3: a presigned PUT, which signs length, checksum and absence (a presigned POST knows no If-None-Match).

https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
"""

import base64
from typing import TYPE_CHECKING

from shared.adapters.clients import client
from shared.domain.upload import Place
from shared.ports.doorstep import Ticket

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


class S3Doorstep:
    """The data bucket; a URL is signed with this function's own role, and nothing is sent for it."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket
        self._client: S3Client = client("s3")

    def ticket(self, key: str, size: int, sha256: str, seconds: int) -> Ticket:
        """Leave to put this many bytes of this hash there once, within so many seconds."""
        checksum = base64.b64encode(bytes.fromhex(sha256)).decode()
        put = {
            "Bucket": self._bucket, "Key": key, "ContentLength": size, "ChecksumSHA256": checksum, "IfNoneMatch": "*"
        }  # fmt: skip
        url = self._client.generate_presigned_url("put_object", Params=put, ExpiresIn=seconds)
        headers = {"content-length": str(size), "if-none-match": "*", "x-amz-checksum-sha256": checksum}
        return Ticket(Place(self._bucket, key, ""), url, headers)
