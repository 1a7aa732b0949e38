"""Call: one request as an endpoint gets it; nothing in it is unchecked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

from shared.api.place import Place

Q = TypeVar("Q", bound=BaseModel)
B = TypeVar("B", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Call(Generic[Q, B]):
    """Who asks what of which thing; `teams` are what else the token vouches for.

    `content` is the body's bytes, which the memory of a command hashes.
    """

    method: str
    path: str
    place: Place
    query: Q
    body: B
    by: str
    headers: Mapping[str, str]
    content: bytes
    teams: frozenset[str]
