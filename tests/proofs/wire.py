"""Wire: what lies between the registry's adapter and its engine: it switches, fails by the schedule, and mutates.

It hangs on botocore's own events, so that the adapter is the one that ships.
"""

import io
import json
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from typing import Any

from botocore import UNSIGNED
from botocore.awsrequest import AWSPreparedRequest, AWSResponse, HeadersDict
from botocore.exceptions import ReadTimeoutError
from botocore.httpsession import URLLib3Session
from urllib3.response import HTTPResponse

from shared.adapters.dynamodb_registry import DynamoRegistry
from tests.proofs.schedule import Fault, Killed, Schedule

Write = Mapping[str, Any]
"""One element of TransactItems, as the adapter sends it."""

Mutate = Callable[[Sequence[Write]], list[Write]]
"""What is sent instead; each write keeps its place, for the answer tells of them by place."""

CALLER = (
    "AWS4-HMAC-SHA256 Credential=testing/20260101/eu-central-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0"
)
"""Who calls; the engine checks no signature, and to make one takes a tenth of a call's time."""

KINDS = "com.amazonaws.dynamodb.v20120810#"
REFUSALS: Mapping[Fault, tuple[int, str]] = {
    Fault.CONFLICT: (400, "TransactionCanceledException"),
    Fault.BUSY: (400, "ProvisionedThroughputExceededException"),
    Fault.BROKEN: (500, "InternalServerError"),
}


class Wire:
    """One registry's; each schedule has it in turn."""

    def __init__(self, registry: DynamoRegistry, mutate: Mutate = list) -> None:
        self.schedule = Schedule(0)
        self._mutate = mutate
        self._session = URLLib3Session()
        events: Any = registry._client.meta.events  # its types know of no handler that answers
        events.register("choose-signer.dynamodb", lambda **_: UNSIGNED)
        events.register("before-send.dynamodb", self._sent)
        events.register("provide-client-params.dynamodb.TransactWriteItems", self._asked)

    def _asked(self, params: Mapping[str, Any], **_: object) -> Mapping[str, Any]:
        """What the adapter asks for, mutated."""
        return {**params, "TransactItems": self._mutate(params["TransactItems"])}

    def _sent(self, request: AWSPreparedRequest, **_: object) -> AWSResponse | None:
        """Somebody else's turn, then the call, or what the schedule has in its place; None lets botocore send it."""
        request.headers["Authorization"] = CALLER
        target: Any = request.headers["X-Amz-Target"]  # bytes, whatever its types say
        operation = target.decode().partition(".")[2]
        self.schedule.switch(operation)
        fault = self.schedule.fault()
        self.schedule.trace.append(fault)
        if fault is Fault.KILLED_BEFORE:
            raise Killed
        if fault in REFUSALS:
            return _refusal(request, *REFUSALS[fault], _writes(request, operation))
        if fault is Fault.TWICE:
            again = copy(request)
            self.schedule.later(lambda: _read(self._session.send(again)))
        if fault in (Fault.LOST, Fault.KILLED_AFTER):
            _read(self._session.send(request))
            raise Killed if fault is Fault.KILLED_AFTER else ReadTimeoutError(endpoint_url=request.url)
        return None


def _writes(request: AWSPreparedRequest, operation: str) -> int:
    body: Any = request.body
    return len(json.loads(body)["TransactItems"]) if operation.startswith("Transact") else 0


def _read(response: AWSResponse) -> None:
    """To its end, so that the connection can be used again."""
    assert response.content


def _refusal(request: AWSPreparedRequest, status: int, kind: str, items: int) -> AWSResponse:
    """The engine's words; a conflict is about one of the items, or about the whole table where there are none."""
    reasons = [{"Code": "TransactionConflict"}, *({"Code": "None"} for _ in range(items - 1))]
    if kind.startswith("TransactionCanceled") and not items:
        kind = "ThrottlingException"
    said = {"__type": f"{KINDS}{kind}", "message": "put in by the schedule", "CancellationReasons": reasons}
    raw = HTTPResponse(body=io.BytesIO(json.dumps(said).encode()), preload_content=False)
    headers: Any = HeadersDict({"Content-Type": "application/x-amz-json-1.0"})
    return AWSResponse(request.url, status, headers, raw)
