"""Upload: a file that somebody put into the data bucket; its place there says which model it is for."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.domain.errors import NameRefused, Problem
from shared.domain.names import digest_id, is_model_name


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
    def upload(self) -> str:
        """The upload's id: the same object always has the same, so that a doubled event starts nothing."""
        return digest_id("up", self.bucket, self.key, self.version)


@dataclass(frozen=True, slots=True)
class Upload:
    """One upload; it belongs to exactly one run, or is refused with a reason."""

    model: str
    id: str
    place: Place
    bytes: int
    at: datetime
    status: UploadStatus
    run: str = ""
    reason: str = ""


def model_of(key: str) -> str:
    """The model that a data-set key is for: {model}/datasets/{file}; raises NameRefused for any other key."""
    model, folder, file = (*key.split("/"), "", "", "")[:3]
    if folder != "datasets" or not file or key.count("/") != 2 or not is_model_name(model):
        raise NameRefused(
            "this key names no model's data set",
            Problem(
                "/key", "a data set lies at MODEL/datasets/FILE", got=key[:99], fix="use treadle upload MODEL FILE"
            ),
        )
    return model
