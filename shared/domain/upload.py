"""Upload: a file that somebody put into the data bucket; its place there says which model it is for."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.domain.errors import NameRefused, Problem
from shared.domain.names import digest_id, is_id, is_model_name

FOLDER = "datasets"
SUFFIXES = (".csv", ".csv.gz", ".parquet", ".jsonl")
"""How the name of a data file ends."""

EXPECTED_PARTS = 4
"""Parts of the key of an upload that was expected: model, folder, upload, file."""


class UploadStatus(StrEnum):
    """An upload is expected (a URL was given), received (it is in a run) or refused (no run may have it)."""

    EXPECTED = "expected"
    RECEIVED = "received"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an object is: bucket, key and S3 version id are its identity."""

    bucket: str
    key: str
    version: str

    @property
    def identity(self) -> str:
        """The id that this object alone has, so that a doubled event starts nothing."""
        return digest_id("up", self.bucket, self.key, self.version)

    @property
    def upload(self) -> str:
        """The upload's id: the one that was given for it before it came, where its key has one."""
        parts = self.key.split("/")
        return parts[2] if len(parts) == EXPECTED_PARTS and is_id("up", parts[2]) else self.identity


@dataclass(frozen=True, slots=True)
class Upload:
    """One upload; it belongs to exactly one run, or is refused with a reason.

    Who asked for its URL is `by`, and `sha256` is what they said of its bytes, which the store holds them to; both are
    "" for one that was put straight into the bucket.
    """

    model: str
    id: str
    place: Place
    bytes: int
    at: datetime
    status: UploadStatus
    run: str = ""
    reason: str = ""
    by: str = ""
    sha256: str = ""


def expected_key(model: str, upload: str, filename: str) -> str:
    """Where an upload is put that was given its id before it came: no two have the same place."""
    return f"{model}/{FOLDER}/{upload}/{filename}"


def model_of(key: str) -> str:
    """The model that a data-set key is for: {model}/datasets/{file}, or {upload}/{file} where the file has its URL.

    Raises NameRefused for any other key.
    """
    model, folder, *rest = (*key.split("/"), "", "")[: max(3, key.count("/") + 1)]
    named = len(rest) == 1 or (len(rest) == EXPECTED_PARTS - 2 and is_id("up", rest[0]))
    if folder != FOLDER or not named or not rest[-1] or not is_model_name(model):
        raise NameRefused(
            "this key names no model's data set",
            Problem(
                "/key", "a data set lies at MODEL/datasets/FILE", got=key[:99], fix="use treadle upload MODEL FILE"
            ),
        )
    return model
