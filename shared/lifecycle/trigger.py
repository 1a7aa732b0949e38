"""Trigger: an object that arrived in the data bucket gets its run; one for no model is kept as a stray."""

from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain.change import Fact, Item, Noun, Receipt, Ref
from shared.domain.errors import NameRefused, NotFound
from shared.domain.order import Order, command_id
from shared.domain.run import Cause, CauseKind
from shared.domain.upload import Place, Upload, UploadStatus, model_of
from shared.ports.clock import Clock
from shared.ports.ids import Ids
from shared.ports.registry import Registry
from shared.ports.wheel import Wheel, set_off


@dataclass(frozen=True, slots=True)
class Request:
    """Where the object is, how large, and when it arrived."""

    place: Place
    bytes: int
    at: datetime


def run(request: Request, *, registry: Registry, wheel: Wheel, clock: Clock, ids: Ids) -> Receipt:
    """Give the upload its run and start it; run twice, it starts once. Raises Conflict (try again)."""
    place = request.place
    upload = Upload("", place.upload, place, request.bytes, request.at, UploadStatus.RECEIVED)
    asked, known = Ref(Noun.COMMAND, command_id(place.identity)), Ref(Noun.UPLOAD, place.upload)
    try:
        name = model_of(place.key)
        model = registry.model(name, asked, known)
    except (NameRefused, NotFound) as stray:
        return registry.commit(Fact(replace(upload, status=UploadStatus.REFUSED, reason=stray.detail)))
    received = _received(replace(upload, model=name), model.items.get(known))
    order = Order(str(asked.id), by=received.by or "upload", reason=f"{place.key} arrived")
    cause = Cause(CauseKind.UPLOAD, received.id)
    receipt = registry.commit(model.receive(order, received, cause, ids.new("run"), clock.now()))
    set_off(wheel, registry, receipt)
    return receipt


def _received(upload: Upload, known: Item | None) -> Upload:
    """As it was expected, however late; what lies over a file that came before is an upload of its own."""
    if not isinstance(known, Upload) or known.place == upload.place:
        return upload
    if known.status is not UploadStatus.RECEIVED:
        return replace(upload, by=known.by, sha256=known.sha256)
    return replace(upload, id=upload.place.identity)
