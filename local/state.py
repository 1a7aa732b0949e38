"""S3 objects as files: each key has an index file (its versions, oldest first) and one file of bytes a version.

Written before S3 answers, so that killing everything loses nothing that was acknowledged. Not synced to the disk's
platter: a loss of power may cost what the operating system had not written yet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

INDEX = ".json"


@dataclass(frozen=True, slots=True)
class ObjectVersion:
    """One version of an object; a delete marker has no `file`. Instants are ISO 8601 in UTC."""

    version_id: str
    modified_at: str
    file: str = ""
    etag: str = ""
    storage_class: str = "STANDARD"
    metadata: Mapping[str, str] = field(default_factory=dict)
    checksum_algorithm: str = ""
    checksum_value: str = ""
    encryption: str = ""
    kms_key_id: str = ""


@dataclass(frozen=True, slots=True)
class ObjectKey:
    """A key of a bucket with all its versions, oldest first."""

    key: str
    versions: tuple[ObjectVersion, ...]


_KEY = TypeAdapter(ObjectKey)


class ObjectFiles:
    """The files of all buckets below one directory."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def save(self, bucket: str, key: str, versions: Sequence[ObjectVersion], read: Callable[[str], bytes]) -> None:
        """Make the files say that `key` has `versions`; `read(file)` gives the bytes of a version not yet written."""
        folder = self.directory / bucket
        folder.mkdir(parents=True, exist_ok=True)
        stem = _stem(key)
        wanted = {version.file for version in versions if version.file}
        present = {path.name for path in folder.glob(f"{stem}.*") if path.suffix != INDEX}
        for file in wanted - present:
            write_whole(folder / file, read(file))
        if versions:
            write_whole(folder / f"{stem}{INDEX}", _KEY.dump_json(ObjectKey(key, tuple(versions))))
        else:
            (folder / f"{stem}{INDEX}").unlink(missing_ok=True)
        for file in present - wanted:
            (folder / file).unlink(missing_ok=True)

    def load(self, bucket: str) -> Iterator[ObjectKey]:
        """All keys of a bucket; a file without an index was never acknowledged and is not named."""
        for path in sorted((self.directory / bucket).glob(f"*{INDEX}")):
            yield _KEY.validate_json(path.read_bytes())

    def content(self, bucket: str, file: str) -> bytes:
        """The bytes of one version."""
        return (self.directory / bucket / file).read_bytes()


def file_name(key: str, token: str) -> str:
    """The name of the file of one version of `key`; `token` is unique to the version."""
    return f"{_stem(key)}.{token}"


def _stem(key: str) -> str:
    # keys may be longer than file names and hold any character
    return hashlib.sha256(key.encode()).hexdigest()[:40]


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file whole, so that a reader after a kill finds the old or the new one."""
    partial = path.with_name(f"~{path.name}")
    partial.write_bytes(content)
    partial.replace(path)
