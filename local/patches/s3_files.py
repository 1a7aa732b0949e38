"""moto keeps objects in memory only. Here each change of an object is on disk before its request is answered, and a
bucket that is created finds its objects again, with their version ids and without an event."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from moto.moto_api._internal import mock_random
from moto.s3.models import FakeBucket, FakeDeleteMarker, FakeKey, S3Backend
from moto.s3.responses import S3Response
from moto.s3.utils import _VersionedKeyStore

from local.state import ObjectFiles, ObjectVersion, file_name

_thread = threading.local()
_one_writer = threading.Lock()


class WatchedKeys(_VersionedKeyStore):
    """The keys of a bucket, remembering which of them this thread has changed."""

    def __init__(self, bucket: FakeBucket) -> None:
        super().__init__()
        self.bucket = bucket

    def __setitem__(self, key: str, value: Any) -> None:
        super().__setitem__(key, value)
        self._changed(key)

    def setlist(self, key: str, list_: Any) -> None:
        """Replace all versions of a key."""
        super().setlist(key, list_)
        self._changed(key)

    def pop(self, key: str) -> None:
        """Remove a key with all its versions."""
        super().pop(key)
        self._changed(key)

    def _changed(self, key: str) -> None:
        _thread.__dict__.setdefault("changes", []).append((self, key))


def apply(directory: Path) -> None:
    """Keep the objects of all buckets below `directory`."""
    files = ObjectFiles(directory)
    create_bucket: Callable[..., FakeBucket] = S3Backend.create_bucket

    def create_and_load(
        self: S3Backend, bucket_name: str, region_name: str, bucket_namespace: str | None = None
    ) -> FakeBucket:
        bucket = create_bucket(self, bucket_name, region_name, bucket_namespace)
        bucket.keys = WatchedKeys(bucket)
        for stored in files.load(bucket_name):
            versions: list[Any] = []
            for version in stored.versions:
                versions.append(_restored(bucket, stored.key, version, files, versions))
            _VersionedKeyStore.setlist(bucket.keys, stored.key, versions)
        return bucket

    S3Backend.create_bucket = create_and_load
    for entrance in ("bucket_response", "key_response"):
        setattr(S3Response, entrance, _saving(getattr(S3Response, entrance), files))


def _saving(by_moto: Callable[..., Any], files: ObjectFiles) -> Callable[..., Any]:
    def respond(self: S3Response, *arguments: Any) -> Any:
        answer = by_moto(self, *arguments)
        for keys, key in _thread.__dict__.pop("changes", []):
            with _one_writer:
                _save(files, keys, key)
        return answer

    return respond


def _save(files: ObjectFiles, keys: WatchedKeys, key: str) -> None:
    present = keys.getlist(key, [])
    described = [_described(version) for version in present]
    contents = {stored.file: version for stored, version in zip(described, present, strict=True) if stored.file}
    files.save(keys.bucket.name, key, described, lambda file: bytes(contents[file].value))


def _described(version: FakeKey | FakeDeleteMarker) -> ObjectVersion:
    modified_at = version.last_modified.isoformat()
    if isinstance(version, FakeDeleteMarker):
        return ObjectVersion(version.version_id, modified_at)
    if not hasattr(version, "file_of_ours"):
        version.file_of_ours = file_name(version.name, mock_random.uuid4().hex)
    return ObjectVersion(
        version_id=version.version_id,
        modified_at=modified_at,
        file=version.file_of_ours,
        etag=version.etag.strip('"'),
        storage_class=version.storage_class,
        metadata={str(name): str(value) for name, value in version.metadata.items()},
        checksum_algorithm=version.checksum_algorithm or "",
        checksum_value=version.checksum_value or "",
        encryption=version.encryption or "",
        kms_key_id=version.kms_key_id or "",
    )


def _restored(
    bucket: FakeBucket, key: str, stored: ObjectVersion, files: ObjectFiles, older: list[Any]
) -> FakeKey | FakeDeleteMarker:
    modified_at = dt.datetime.fromisoformat(stored.modified_at)
    if not stored.file:
        marker = FakeDeleteMarker(key=older[-1])
        marker.last_modified = modified_at
        marker._version_id = stored.version_id  # noqa: SLF001  moto draws a new one
        return marker
    restored = FakeKey(
        name=key,
        bucket_name=bucket.name,
        value=files.content(bucket.name, stored.file),
        account_id=bucket.account_id,
        region_name=bucket.region_name,
        storage=stored.storage_class,
        etag=stored.etag,
        is_versioned=stored.version_id != "null",
        version_id=stored.version_id,
        encryption=stored.encryption or None,
        kms_key_id=stored.kms_key_id or None,
        checksum_value=stored.checksum_value or None,
    )
    restored.file_of_ours = stored.file
    restored.last_modified = modified_at
    restored.checksum_algorithm = stored.checksum_algorithm or None
    restored.set_metadata(dict(stored.metadata))
    return restored
