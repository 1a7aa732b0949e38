"""Problems: errors as RFC 9457 says them; one table from error to status and slug."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus

from pydantic import BaseModel, ConfigDict, Field

from shared.api.answer import PROBLEM, Answer
from shared.api.refusals import MediaTypeRefused, MethodRefused, RouteUnknown, Unreadable
from shared.domain import errors
from shared.domain.errors import Error

PREFIX = "/problems/"
"""Every `type` begins so and ends in the slug."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How an error is told: status, the slug that programs match, and a title that never varies."""

    status: int
    slug: str
    title: str

    @property
    def type(self) -> str:
        """The problem's type."""
        return f"{PREFIX}{self.slug}"


INTERNAL = Kind(500, "internal", "Something went wrong here")

KINDS: Mapping[type[Error], Kind] = {
    Unreadable: Kind(400, "unreadable", "The request cannot be parsed"),
    errors.NameRefused: Kind(400, "name-refused", "A name or an id outside its pattern"),
    errors.Forbidden: Kind(403, "forbidden", "The state allows it, but not to who asks"),
    RouteUnknown: Kind(404, "route-unknown", "No such route"),
    errors.NotFound: Kind(404, "not-found", "No such thing"),
    MethodRefused: Kind(405, "method-refused", "The path is there, the method is not"),
    errors.Conflict: Kind(409, "conflict", "The present state forbids it"),
    errors.StageConflict: Kind(409, "stage-conflict", "This stage does not lead there"),
    errors.RunConflict: Kind(409, "run-conflict", "The run is not in a state for this"),
    errors.NoChampion: Kind(409, "no-champion", "Nothing serves yet"),
    errors.Retired: Kind(410, "retired", "The version does not answer any more"),
    errors.RevisionMoved: Kind(412, "revision-moved", "The state has moved on"),
    errors.TooLarge: Kind(413, "too-large", "Over a limit"),
    MediaTypeRefused: Kind(415, "media-type-refused", "A body of a kind that is not taken here"),
    errors.RequestRefused: Kind(422, "request-refused", "Well-formed, but wrong"),
    errors.KeyReused: Kind(422, "key-reused", "The Idempotency-Key came before with another body"),
    errors.SpecRefused: Kind(422, "spec-refused", "The spec breaks the grammar"),
    errors.RowsRefused: Kind(422, "rows-refused", "Rows that the model cannot take"),
    errors.ArtifactRefused: Kind(500, "artifact-refused", "The model's bytes are not what was registered"),
    errors.Unavailable: Kind(503, "unavailable", "Not now, but perhaps in a moment"),
    errors.DiskFull: Kind(503, "disk-full", "No disk is left to work on"),
    errors.OutOfMemory: Kind(503, "out-of-memory", "No memory is left to work in"),
    errors.ModelTooSlow: Kind(504, "model-too-slow", "The model took longer than it may"),
}
"""An error that is not named is told as the one that it is a kind of; Superseded, DataRejected and SearchFailed end
runs, Undelivered is told to the platform's owners: they never come to a door."""

RETRY_AFTER_S = 2


class ProblemItem(BaseModel):
    """One thing that is wrong, by JSON pointer; `got` is never said of rows."""

    model_config = ConfigDict(frozen=True)
    pointer: str
    detail: str
    got: str | None = None
    expected: str | None = None
    fix: str | None = None
    line: int | None = None


class ProblemDocument(BaseModel):
    """RFC 9457: `type` ends in a slug."""

    model_config = ConfigDict(frozen=True)
    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: tuple[ProblemItem, ...] = Field((), description="What is wrong, one by one.")


def kind_of(error: Error) -> Kind:
    """How the error is told."""
    return next((KINDS[each] for each in type(error).__mro__ if each in KINDS), INTERNAL)


def problem(error: Error, request_id: str) -> Answer:
    """The error as an answer."""
    return _answer(kind_of(error), error.detail, request_id, tuple(map(_item, error.problems)), _headers(error))


def discreet(error: Error, request_id: str) -> Answer:
    """The error as an answer that repeats nothing of what was sent: rows are about people."""
    error.problems = tuple(replace(each, got="") for each in error.problems)
    return problem(error, request_id)


def internal(request_id: str) -> Answer:
    """What is said of an error that nobody foresaw; the log knows which."""
    return _answer(INTERNAL, "the log of this request_id says more; send it again or tell the owners", request_id)


def _answer(
    kind: Kind, detail: str, request_id: str, items: tuple[ProblemItem, ...] = (), headers: Mapping[str, str] = {}
) -> Answer:
    said = ProblemDocument(
        type=kind.type, title=kind.title, status=kind.status, detail=detail, request_id=request_id, errors=items
    )
    return Answer(said.model_dump_json(exclude_none=True), kind.status, headers, PROBLEM)


def _item(of: errors.Problem) -> ProblemItem:
    return ProblemItem(
        pointer=of.pointer,
        detail=of.detail,
        got=of.got or None,
        expected=of.expected or None,
        fix=of.fix or None,
        line=of.line or None,
    )


def _headers(error: Error) -> Mapping[str, str]:
    if isinstance(error, MethodRefused):
        return {"allow": ", ".join(error.allowed)}
    return {"retry-after": str(RETRY_AFTER_S)} if kind_of(error).status == HTTPStatus.SERVICE_UNAVAILABLE else {}
