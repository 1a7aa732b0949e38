"""Acts: what a fault does to a call that is being sent."""

import json
import os
import signal
import time
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.exceptions import ConnectionClosedError
from botocore.httpsession import URLLib3Session

Fault = Mapping[str, Any]


def _deliver(request: AWSPreparedRequest) -> None:
    """The other side carries it out, and nobody hears."""
    URLLib3Session().send(request)


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _kill_before(_fault: Fault, _request: AWSPreparedRequest, _service: str) -> None:
    _kill()


def _kill_after(_fault: Fault, request: AWSPreparedRequest, _service: str) -> None:
    _deliver(request)
    _kill()


def _lose_reply(_fault: Fault, request: AWSPreparedRequest, _service: str) -> None:
    _deliver(request)
    raise ConnectionClosedError(endpoint_url=request.url, error="the reply was lost by a fault")


def _delay(fault: Fault, _request: AWSPreparedRequest, _service: str) -> None:
    time.sleep(fault["seconds"])


def _refuse(fault: Fault, request: AWSPreparedRequest, service: str) -> AWSResponse:
    """An answer that is an error, in the words of the service's protocol: XML for two of them, JSON for the rest."""
    code, status = fault["code"], fault.get("status", 400)
    if service in ("s3", "sns"):
        error = f"<Error><Code>{code}</Code><Message>a fault</Message></Error>"
        body = error if service == "s3" else f"<ErrorResponse>{error}</ErrorResponse>"
    else:
        reasons = [{"Code": reason} for reason in _reasons(fault, request)]
        why = {"CancellationReasons": reasons} if code == "TransactionCanceledException" else {}
        body = json.dumps({"__type": f"fault#{code}", "message": "a fault", **why})
    headers: Any = {"x-amzn-requestid": "fault", "x-amzn-errortype": code}
    return AWSResponse(request.url, status, headers, Raw(body.encode()))


def _reasons(fault: Fault, request: AWSPreparedRequest) -> list[str]:
    """One an item of the transaction, as DynamoDB gives them; `None` is that of an item that was not to blame."""
    given = list(fault.get("reasons", ("TransactionConflict",)))
    asked = json.loads(request.body) if isinstance(request.body, bytes | str) and request.body else {}
    return given + ["None"] * (len(asked.get("TransactItems", ())) - len(given))


class Raw(BytesIO):
    """A body as botocore reads it."""

    def stream(self, **_how: object) -> list[bytes]:
        """All of it."""
        return [self.read()]


ACTS: Mapping[str, Callable[[Fault, AWSPreparedRequest, str], AWSResponse | None]] = {
    "kill-before": _kill_before,
    "kill-after": _kill_after,
    "lose-reply": _lose_reply,
    "error": _refuse,
    "delay": _delay,
}
