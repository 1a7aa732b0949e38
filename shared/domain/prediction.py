"""Prediction: its id, from which alone its lineage resolves, and the arm that a row is dealt to."""

import hashlib
import json
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate

from shared.domain.errors import NameRefused, Problem, TooLarge
from shared.domain.serving import Arm, Role

Row = Mapping[str, object]

_ULID = "[0-7][0-9A-HJKMNP-TV-Z]{25}"
_ID = re.compile(rf"prd_([a-z][a-z0-9-]{{0,39}})_([1-9][0-9]{{0,8}})([chsp])_({_ULID})_(0|[1-9][0-9]{{0,5}})", re.ASCII)
_CROCKFORD = {letter: number for number, letter in enumerate("0123456789ABCDEFGHJKMNPQRSTVWXYZ")}
_EPOCH = datetime.fromtimestamp(0, UTC)
_POINTS = 1 << 32

LARGEST_ANSWER = 5_800_000
"""Bytes: Lambda gives back 6 MB."""


@dataclass(frozen=True, slots=True)
class PredictionId:
    """Which version of which model answered, in which role, in which request (a ULID), and the row's place in it."""

    model: str
    version: int
    role: Role
    request: str
    row: int

    def __str__(self) -> str:
        return f"{stem(self.model, self.version, self.role, self.request)}{self.row}"

    @property
    def at(self) -> datetime:
        """When the request was answered: the milliseconds that its ULID begins with."""
        number = 0
        for letter in self.request[:10]:
            number = number << 5 | _CROCKFORD[letter]
        return _EPOCH + timedelta(milliseconds=number)


def stem(model: str, version: int, role: Role, request: str) -> str:
    """What the ids of a request share that went to one arm; the row's place follows. `_` is in no part but the ends."""
    return f"prd_{model}_{version}{role}_{request}_"


def parse(text: str) -> PredictionId:
    """The id that a text is, by full match; raises NameRefused."""
    if (found := _ID.fullmatch(text)) is None:
        expected = "prd_MODEL_VERSION and ROLE_ULID_ROW"
        problem = Problem("/id", "no id of a prediction", text[:99], expected, "send the id as predict gave it")
        raise NameRefused("that is no id of a prediction", problem)
    model, version, role, request, row = found.groups()
    return PredictionId(model, int(version), Role(role), request, int(row))


@cache
def row_bytes(classes: tuple[str, ...]) -> int:
    """The most bytes that one prediction takes in an answer, whose quotes Lambda escapes once more."""
    digits = 0.1234567890123456789
    longest = max(classes, key=lambda word: len(json.dumps(json.dumps(word))), default="")
    name = "prd_" + "m" * 40 + "_999999999c_01JD0000000000000000000000_9999"
    words = dict.fromkeys(classes, digits)
    row = {"id": name, "version": 10**9, "value": longest or digits, "probabilities": words, "threshold": digits}
    return len(json.dumps(json.dumps(row)))


def must_fit(rows: int, classes: tuple[str, ...]) -> None:
    """Raise TooLarge for an answer that the gateway would not carry."""
    most = LARGEST_ANSWER // row_bytes(classes)
    if rows > most:
        problem = Problem("/instances", "the answer would be too large", expected=f"{most:,} rows at most")
        raise TooLarge(f"the answer to {rows:,} rows would be over 6 MB", problem)


def sharing(arms: Iterable[Arm]) -> tuple[Arm, ...]:
    """The arms that a model's own route is shared by, the champion last: it answers what the others cannot."""
    sharing = (arm for arm in arms if arm.share > 0 or arm.role is Role.CHAMPION)
    return tuple(sorted(sharing, key=lambda arm: arm.role is Role.CHAMPION))


def dealt(arms: Sequence[Arm], model: str, rows: Sequence[Row], key: Sequence[str] = ()) -> Mapping[Arm, list[int]]:
    """Which arm gets which rows, by their places: the same row, or one with the same key, always goes to the same.

    Arms hold their shares of [0, 1) in this order, the champion the rest, so that a challenger whose share grows
    keeps the rows that it has. Hashed are the model, the rollout (its challengers) and the key, else the whole row.
    """
    *challengers, last = arms
    if not challengers:
        return {last: list(range(len(rows)))}
    rollout = [arm.version for arm in challengers]
    bounds = list(accumulate(arm.share for arm in challengers))
    places: dict[Arm, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        drawn = point(_written([model, rollout, _identity(row, key)]))
        places[arms[bisect_right(bounds, drawn)]].append(place)
    return places


def _identity(row: Row, key: Sequence[str]) -> object:
    """What makes two rows the same one: equal keys where a key is known, else all of their cells."""
    cells = {name: row.get(name) for name in key} if key else row
    return {name: plain(cell) for name, cell in cells.items()}


def plain(cell: object) -> object:
    """1 and 1.0 are one number."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def _written(parts: object) -> str:
    """Canonical JSON."""
    return json.dumps(parts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def point(text: str) -> float:
    """A point in [0, 1): the first 32 bits of SHA-256."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") / _POINTS
