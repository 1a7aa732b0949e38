"""Route: one row of the table that the gateway, the dispatcher and the OpenAPI document are made from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from shared.api.answer import JSON, Answer
from shared.domain.errors import Error

Method = Literal["GET", "PUT", "POST", "DELETE"]
Scope = Literal["", "predict", "read", "operate", "register", "promote", "approve", "purge", "admin"]
INCLUDED_IN: Mapping[Scope, tuple[Scope, ...]] = {
    "register": ("operate",),
    "promote": ("operate",),
    "purge": ("admin",),
}
"""A right that is enough alone → the wider ones that have it, too; approve is in none."""

Endpoint = Callable[..., Answer]
"""(call, *, ports by name) → answer."""


class Nothing(BaseModel):
    """No query, or no body."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True)
class Route:
    """Method and path as the gateway writes them; `scope` is the narrowest that is enough, "" = open.

    `query` and `body` are the types that validate what comes, `takes` the media types of a body. `gives` is the type of
    what goes, or None for a document of another kind (`media`). `answer` is the endpoint; those of predict and feedback
    are in functions of their own, which load what they need.
    """

    method: Method
    path: str
    scope: Scope
    summary: str
    gives: type[BaseModel] | None = None
    answer: Endpoint | None = None
    function: Literal["api", "predict", "feedback"] = "api"
    query: type[BaseModel] = Nothing
    body: type[BaseModel] = Nothing
    status: int = 200
    refuses: tuple[type[Error], ...] = ()
    media: str = JSON
    takes: tuple[str, ...] = (JSON,)

    @property
    def key(self) -> str:
        """The gateway's route key."""
        return f"{self.method} {self.path}"

    @property
    def scopes(self) -> tuple[str, ...]:
        """Any one of these in a token is enough; none = open."""
        return tuple(f"treadle/{one}" for one in (self.scope, *INCLUDED_IN.get(self.scope, ())) if one)
