"""Objects on S3: written once by `If-None-Match: *`, so that a step that runs twice leaves what it left first."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING
from uuid import uuid4

from botocore.exceptions import ClientError

from shared.adapters.clients import answering, client, code_of
from shared.adapters.patience import THE_STORE, patiently
from shared.domain.errors import NotFound, Problem, Unavailable

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

ABSENT = frozenset({"404", "NoSuchKey", "NoSuchVersion", "NotFound"})
THERE = frozenset({"412", "PreconditionFailed"})
BEING_WRITTEN = frozenset({"409", "ConditionalRequestConflict"})
MOST_KEYS = 10_000
MOST_TURNS = 5
CHUNK = 1024 * 1024


class S3Objects:
    """One bucket."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket
        self._client: S3Client = client("s3")
        self._once: S3Client = client("s3", attempts=1)

    def read(self, key: str) -> bytes:
        """The whole body; raises NotFound, Unavailable."""
        with self._reaching(key):
            return self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()

    def fetch(self, key: str, into: Path, version: str = "") -> Path:
        """The body as the file `into`, which is there whole or not at all; raises NotFound, Unavailable."""
        into.parent.mkdir(parents=True, exist_ok=True)
        part = into.with_name(f"{into.name}.{uuid4().hex}.part")  # workers side by side fetch the same file
        with self._reaching(key):
            if version:
                answer = self._client.get_object(Bucket=self._bucket, Key=key, VersionId=version)
            else:
                answer = self._client.get_object(Bucket=self._bucket, Key=key)
            with part.open("wb") as file:
                shutil.copyfileobj(answer["Body"], file, CHUNK)
        return part.replace(into)

    def write(self, key: str, body: bytes) -> None:
        """Put a body once; the first stays. Raises Unavailable."""
        self._put_once(key, lambda: body)

    def save(self, source: Path, key: str) -> None:
        """Put a file of up to 5 GB once; the first stays. Raises Unavailable."""
        with source.open("rb") as file:
            self._put_once(key, lambda: _from_the_start(file))

    def link(self, key: str, seconds: int) -> str:
        """An address from which anyone may read the body for so many seconds; raises NotFound, Unavailable."""
        with self._reaching(key):
            self._client.head_object(Bucket=self._bucket, Key=key)
        place = {"Bucket": self._bucket, "Key": key}
        return self._client.generate_presigned_url("get_object", Params=place, ExpiresIn=seconds)

    def keys(self, prefix: str) -> tuple[str, ...]:
        """The first 10,000 keys that begin so, in order; raises Unavailable."""
        with answering("the store"):
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix)
            found = (entry["Key"] for page in pages for entry in page.get("Contents", ()))
            return tuple(islice(found, MOST_KEYS))

    def _put_once(self, key: str, body: Callable[[], bytes | IO[bytes]]) -> None:
        def put() -> None:
            self._once.put_object(Bucket=self._bucket, Key=key, Body=body(), IfNoneMatch="*")

        for _ in range(MOST_TURNS):
            try:
                patiently(put, THE_STORE)
            except ClientError as refused:
                if code_of(refused) in THERE:
                    return
                if code_of(refused) not in BEING_WRITTEN:
                    raise
            else:
                return
        raise Unavailable(f"{key} is being written again and again", Problem("", "busy", fix="send it again"))

    @contextmanager
    def _reaching(self, key: str) -> Iterator[None]:
        try:
            with answering("the store"):
                yield
        except ClientError as refused:
            if code_of(refused) in ABSENT:
                raise NotFound(f"no object {key[:200]}", Problem("/key", "no such object", got=key[:99])) from refused
            raise


def _from_the_start(file: IO[bytes]) -> IO[bytes]:
    """The file, rewound: an earlier turn has read it."""
    file.seek(0)
    return file
