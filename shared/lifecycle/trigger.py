"""Trigger: an object that arrived in the data bucket gets its run; one for no model is kept as a stray."""

from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain.change import Fact, Noun, Receipt, Ref
from shared.domain.errors import NameRefused, NotFound
from shared.domain.order import Order, command_id
from shared.domain.run import Cause, CauseKind, RunStatus
from shared.domain.upload import Place, Upload, UploadStatus, model_of
from shared.ports.clock import Clock
from shared.ports.ids import Ids
from shared.ports.registry import Registry
from shared.ports.wheel import Wheel


@dataclass(frozen=True, slots=True)
class Request:
    """Where the object is, how large, and when it arrived."""

    place: Place
    bytes: int
    at: datetime


def run(request: Request, *, registry: Registry, wheel: Wheel, clock: Clock, ids: Ids) -> Receipt:
    """Give the upload its run and start it; run twice, it starts once. Raises Conflict (try again)."""
    upload = Upload("", request.place.upload, request.place, request.bytes, request.at, UploadStatus.RECEIVED)
    try:
        name = model_of(request.place.key)
        order = Order(command_id(upload.id), by="upload", reason=f"{request.place.key} arrived")
        model = registry.model(name, Ref(Noun.COMMAND, order.id))
    except (NameRefused, NotFound) as stray:
        return registry.commit(Fact(replace(upload, status=UploadStatus.REFUSED, reason=stray.detail)))
    received = replace(upload, model=name)
    cause = Cause(CauseKind.UPLOAD, upload.id)
    receipt = registry.commit(model.receive(order, received, cause, ids.new("run"), clock.now()))
    if receipt.now == RunStatus.RUNNING and receipt.run:
        wheel.start(registry.model(name, Ref(Noun.RUN, receipt.run)).run(receipt.run))
    return receipt
