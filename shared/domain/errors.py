"""Every error that a caller can meet: what, where, got, expected, and what to do next.

Error
├── NotFound            no such model, version, run …                          404
├── SpecRefused         a spec that breaks the grammar, all problems at once   422
├── RowsRefused         rows a model cannot take, a pointer per cell           422
├── RequestRefused      a request that is well-formed but wrong                422
│   └── KeyReused       the Idempotency-Key was used for another body          422
├── NameRefused         a name outside the one pattern                         400
├── Forbidden           who asks may not: a right, or a rule of two people       403
├── DataRejected        an upload that is no data to learn from                (a run ends rejected)
├── Conflict            the present state forbids it                           409
│   ├── StageConflict   not from this stage                                    409
│   ├── RunConflict     not in this state of the run                           409
│   └── Superseded      the run that writes is no longer the one that may      (a step stops)
│       └── LateWrite   a newer try of the same step has begun                 (a step stops)
├── RevisionMoved       If-Match names an older revision                       412
├── NoChampion          nothing serves yet                                     409
├── Retired             the version no longer answers                          410
├── TooLarge            over a limit that is named                             413
├── ModelTooSlow        a model over its time                                  504
├── ArtifactRefused     bytes that are not the artifact they should be         (a run fails)
├── SearchFailed        no candidate could be trained                          (a run fails)
├── Undelivered         a notice that its recipient cannot be given            (the platform's owners are told)
├── DiskFull            the function's own disk is used up                     503
├── OutOfMemory         the function's memory is used up                       503
└── Unavailable         the store did not answer in time                       503
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: a JSON pointer (or column) and what to do; every field under 100 characters."""

    pointer: str
    detail: str
    got: str = ""
    expected: str = ""
    fix: str = ""
    line: int = 0


class Error(Exception):
    """What went wrong in one sentence, and its problems one by one."""

    def __init__(self, detail: str, *problems: Problem) -> None:
        super().__init__(detail)
        self.detail = detail
        self.problems = problems


class NotFound(Error):
    """No such thing."""


class SpecRefused(Error):
    """A spec that breaks the grammar; problems say line, field, got, expected, fix."""


class RowsRefused(Error):
    """Rows that a model cannot take; problems point at cells and never repeat their values."""


class RequestRefused(Error):
    """Well-formed, but wrong."""


class KeyReused(RequestRefused):
    """The Idempotency-Key came before with another body."""


class NameRefused(Error):
    """A name outside the one pattern."""


class Conflict(Error):
    """The present state forbids it."""


class StageConflict(Conflict):
    """This stage does not lead there."""


class RunConflict(Conflict):
    """The run is not in a state for this."""


class Superseded(Conflict):
    """The run that writes is over, or another execution has taken it."""


class LateWrite(Superseded):
    """A newer try of the same step has begun; the machine waits for that one."""


class RevisionMoved(Error):
    """The state has moved since the revision that the caller knows."""


class NoChampion(Error):
    """Nothing serves yet."""


class Retired(Error):
    """The version no longer answers."""


class TooLarge(Error):
    """Over a limit, which is named."""


class ModelTooSlow(Error):
    """The model took longer than it may."""


class ArtifactRefused(Error):
    """These bytes are not the artifact that they should be."""


class SearchFailed(Error):
    """No candidate could be trained."""


class Undelivered(Error):
    """A notice that its recipient cannot be given; sent again, it would fare no better."""


class Unavailable(Error):
    """The store did not answer in time; the same call may succeed in a moment."""


class DiskFull(Error):
    """The function's own disk is used up; says which setting gives it more."""


class OutOfMemory(Error):
    """The function's memory is used up; says which setting gives it more."""


class Forbidden(Error):
    """Who asks may not do it, whatever the state."""


class DataRejected(Error):
    """An upload that is no data to learn from: a code that programs match, and the first bad cells."""

    def __init__(self, code: str, detail: str, *problems: Problem) -> None:
        super().__init__(detail, *problems)
        self.code = code
