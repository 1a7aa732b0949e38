"""Notify: the table's stream, filtered to decisions, findings and strays, becomes events and letters."""

from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel, Field

from shared import telemetry, wiring
from shared.domain import record
from shared.domain.change import Audit
from shared.domain.finding import Finding
from shared.domain.notice import Unreached
from shared.domain.upload import Upload
from shared.lifecycle import notify
from shared.settings import NotifySettings

tell = wiring.bind(notify.run, NotifySettings)
tell_found = wiring.bind(notify.found, NotifySettings)
tell_stray = wiring.bind(notify.stray, NotifySettings)

OUTBOX: dict[str, Callable[[str], tuple[Unreached, ...]]] = {
    "AUDIT": lambda body: tell(record.read(Audit, body)),
    "FINDING": lambda body: tell_found(record.read(Finding, body)),
    "UPLOAD": lambda body: tell_stray(record.read(Upload, body)),
}
"""What stands before the # of the sort key says what the item is."""


class Text(BaseModel):
    """A string attribute."""

    s: str = Field(alias="S")


class Image(BaseModel):
    """The item as it was written."""

    sort: Text = Field(alias="SK")
    body: Text


class Written(BaseModel):
    """The stream's view of one write."""

    image: Image = Field(alias="NewImage")


class Record(BaseModel):
    """One record of the stream."""

    dynamodb: Written


class Batch(BaseModel):
    """A batch of one, so that a letter that cannot be sent holds up no other."""

    records: list[Record] = Field(alias="Records")


@telemetry.handler
def handle(event: dict[str, Any], _: LambdaContext) -> dict[str, Any]:
    """Tell of each write, in the order of the stream; the log says which notice went astray, and not what it said."""
    images = [each.dynamodb.image for each in Batch.model_validate(event).records]
    told = [OUTBOX[image.sort.s.partition("#")[0]](image.body.s) for image in images]
    astray = [{"notice": one.notice, "model": one.model, "via": one.via} for every in told for one in every]
    telemetry.logger.info("told", writes=len(told), astray=astray)
    return {"told": len(told)}
