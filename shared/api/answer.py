"""Answer: what an endpoint says, and the form in which the gateway wants it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pydantic import BaseModel

JSON = "application/json"
HTML = "text/html; charset=utf-8"
PROBLEM = "application/problem+json"
SCHEMA = "application/schema+json"

Response = dict[str, object]
"""Lambda's answer to the gateway, payload format 2.0."""

ALWAYS: Mapping[str, str] = {"treadle-version": "1", "cache-control": "no-store", "x-content-type-options": "nosniff"}
"""The headers of every answer: answers carry presigned links and what only this caller may see."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A body that is written already, its media type, status and headers."""

    body: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    media: str = JSON

    def with_headers(self, more: Mapping[str, str]) -> "Answer":
        """The same answer with these headers too."""
        return replace(self, headers={**self.headers, **more})


def shown(view: BaseModel, revision: int | None = None, status: int = 200) -> Answer:
    """A view as JSON; with the model's revision as its ETag."""
    return Answer(view.model_dump_json(by_alias=True), status, etag(revision))


def etag(revision: int | None) -> Mapping[str, str]:
    """The header that says at which revision a model was read."""
    return {} if revision is None else {"etag": f'"{revision}"'}


def response(answer: Answer) -> Response:
    """The answer as the gateway wants it."""
    headers = {**ALWAYS, "content-type": answer.media, **answer.headers}
    return {"statusCode": answer.status, "headers": headers, "body": answer.body, "isBase64Encoded": False}
