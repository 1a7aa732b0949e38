"""Orders: a command as the registry remembers it: who, why, under which id, knowing which revision."""

import hashlib
import re
from typing import TypeVar

from pydantic import BaseModel

from shared.api.answer import Answer, shown
from shared.api.call import Call
from shared.api.refusals import Unreadable
from shared.api.views.receipts import receipt
from shared.domain.change import Receipt
from shared.domain.errors import Problem
from shared.domain.order import Order, command_id
from shared.ports.ids import Ids

Q = TypeVar("Q", bound=BaseModel)
B = TypeVar("B", bound=BaseModel)

KEY = "idempotency-key"


def ordered(call: Call[Q, B], reason: str, ids: Ids) -> Order:
    """The order that a call gives; raises Unreadable for an Idempotency-Key or an If-Match that is none."""
    body = hashlib.sha256(b"\0".join((call.method.encode(), call.path.encode(), call.content))).hexdigest()
    return Order(_id(call, ids), call.by, reason, body, revision=_revision(call.headers.get("if-match")))


def receipted(done: Receipt, status: int = 200) -> Answer:
    """The answer to a command; a repeated one is marked as the first answer again."""
    answer = shown(receipt(done), done.revision, status)
    return answer.with_headers({"idempotent-replayed": "true"}) if done.replayed else answer


def goes_on(begun: Receipt) -> Answer:
    """The answer to a command that began a run, and where that can be looked at."""
    return receipted(begun, 202).with_headers({"location": f"/models/{begun.model}/runs/{begun.run}"})


def _id(call: Call[Q, B], ids: Ids) -> str:
    """The same subject with the same key gives the same command; without a key each call is a new one."""
    if (key := call.headers.get(KEY)) is None:
        return ids.new("cmd")
    if re.fullmatch(r"[\x21-\x7e]{1,255}", key) is None:
        expected = "1 to 255 visible ASCII characters"
        raise Unreadable("that is no Idempotency-Key", Problem("/Idempotency-Key", "not a key", key[:50], expected))
    return command_id(call.by, key)


def _revision(etag: str | None) -> int | None:
    """The revision in an If-Match; * is any."""
    if etag is None or etag == "*":
        return None
    if (found := re.fullmatch(r'"([0-9]{1,15})"', etag)) is None:
        fix = "send the ETag of an answer as it came"
        raise Unreadable("that is no ETag of ours", Problem("/If-Match", "not an ETag", etag[:50], '"12"', fix))
    return int(found[1])
