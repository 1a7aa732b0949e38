"""moto runs functions in containers. Here every call that reaches moto (API, S3, Logs) is passed on to the front."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping

from moto.awslambda.models import LambdaFunction

from local.front_calls import Front, InvocationType


def apply(front: Front) -> None:
    """Send `LambdaFunction.invoke`, the one choke point of moto's calls, to the front."""

    def invoke(
        self: LambdaFunction,
        body: str | bytes,
        request_headers: Mapping[str, str],
        response_headers: MutableMapping[str, str],
    ) -> bytes:
        asked = {name.lower(): value for name, value in request_headers.items()}
        kind = InvocationType(asked.get("x-amz-invocation-type", InvocationType.REQUEST_RESPONSE))
        payload = body.encode() if isinstance(body, str) else body
        answer = front.invoke(self.function_name, payload or b"{}", kind)
        if answer.function_error:
            response_headers["x-amz-function-error"] = answer.function_error
        return answer.payload

    LambdaFunction.invoke = invoke
