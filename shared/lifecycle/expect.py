"""Expect: somebody wants to upload a file, and is told where to put it; that alone starts nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain import refusal
from shared.domain.change import Fact, Item, Noun, Ref
from shared.domain.errors import KeyReused, Problem, RequestRefused, TooLarge
from shared.domain.model import Model
from shared.domain.names import digest_id
from shared.domain.order import Order
from shared.domain.upload import SUFFIXES, Upload, UploadStatus, expected_key
from shared.ports.clock import Clock
from shared.ports.doorstep import Doorstep, Ticket
from shared.ports.registry import Registry

LARGEST = 5_000_000_000
"""Bytes of one file: what S3 takes in one PUT."""

OPEN_FOR = timedelta(minutes=15)
"""So long a transfer may begin; one that has begun may take its time."""


@dataclass(frozen=True, slots=True)
class Request:
    """Which file: its name, its bytes and their hash in hexadecimal digits."""

    model: str
    filename: str
    bytes: int
    sha256: str
    order: Order


@dataclass(frozen=True, slots=True)
class Expected:
    """The upload, the leave to put it, and until when; `replayed` where the order was answered before."""

    upload: Upload
    ticket: Ticket
    expires: datetime
    replayed: bool


def run(request: Request, *, registry: Registry, doorstep: Doorstep, clock: Clock) -> Expected:
    """Give the upload its id and its place; the same order gets the same, with a fresh URL.

    Raises NotFound, TooLarge, RequestRefused (no data file by its name), KeyReused, RevisionMoved.
    """
    _hold(request)
    upload = digest_id("up", request.model, request.order.id)
    place, asked = Ref(Noun.UPLOAD, upload), Ref(Noun.COMMAND, request.order.id)
    model = registry.model(request.model, place, asked)
    key, now = expected_key(request.model, upload, request.filename), clock.now()
    ticket = doorstep.ticket(key, request.bytes, request.sha256, int(OPEN_FOR.total_seconds()))
    wanted = Upload(
        request.model, upload, ticket.place, request.bytes, now, UploadStatus.EXPECTED,
        by=request.order.by, sha256=request.sha256,
    )  # fmt: skip
    known = _once(model, model.items.get(place, wanted), wanted, request.order)
    registry.commit(Fact(known))
    return Expected(known, ticket, now + OPEN_FOR, known is not wanted)


def _once(model: Model, known: Item, wanted: Upload, order: Order) -> Upload:
    """The upload as it is known; raises KeyReused where the order came before and asked for something else.

    Raises RevisionMoved for a new one of a caller who knows an older revision.
    """
    if order.id in model.commands or not isinstance(known, Upload) or _asked(known) != _asked(wanted):
        fix = "use a new key for a new upload"
        problem = Problem("/Idempotency-Key", "one key goes with one body", fix=fix)
        raise KeyReused("this Idempotency-Key came before with another body", problem)
    if known is wanted and order.revision not in (None, model.head.revision):
        raise refusal.revision_moved(model.name, order, model.head.revision)
    return known


def _asked(of: Upload) -> tuple[str, str]:
    """What a caller says of a file; equal hashes are equal lengths."""
    return of.place.key, of.sha256


def _hold(request: Request) -> None:
    """Raise for what no run could read, before anybody sends it."""
    if request.bytes > LARGEST:
        fix = "split it, or write it as Parquet"
        problem = Problem("/bytes", "too large", f"{request.bytes:,}", f"at most {LARGEST:,} bytes", fix)
        raise TooLarge(f"the file has {request.bytes:,} bytes, of {LARGEST:,} at most", problem)
    if not request.filename.lower().endswith(SUFFIXES):
        said = "not the name of a data file"
        problem = Problem("/filename", said, request.filename[:99], " or ".join(SUFFIXES), "give it the ending it has")
        raise RequestRefused(f"{request.filename[:99]} is {said}", problem)
