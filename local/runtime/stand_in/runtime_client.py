"""What awslambdaric's C module `runtime_client` does, in Python, for platforms without its wheel.

`bootstrap` puts this folder on a worker's path only where the C module is missing.
"""

# ruff: noqa: ARG001 the C module's signatures
from __future__ import annotations

import http.client
import os

_INVOCATION = "/2018-06-01/runtime/invocation"
_connections: list[http.client.HTTPConnection] = []


def initialize_client(user_agent: str) -> None:
    """Open the one connection of this worker; `user_agent` is awslambdaric's."""
    _connections[:] = [http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])]


def next() -> tuple[bytes, dict[str, str]]:  # noqa: A001 the C module's own name
    """Wait for the next call; returns its payload and its headers."""
    connection = _connections[0]
    connection.request("GET", f"{_INVOCATION}/next")
    answer = connection.getresponse()
    return answer.read(), dict(answer.getheaders())


def post_invocation_result(
    request_id: str, content: bytes, content_type: str, invocation_id: str | None = None
) -> None:
    """Send what the handler returned."""
    _post(f"{_INVOCATION}/{request_id}/response", content, content_type)


def post_error(request_id: str, error: str, xray_cause: str, invocation_id: str | None = None) -> None:
    """Send what the handler raised, as awslambdaric's JSON text."""
    _post(f"{_INVOCATION}/{request_id}/error", error.encode(), "application/json")


def _post(path: str, content: bytes, content_type: str) -> None:
    connection = _connections[0]
    connection.request("POST", path, content, {"Content-Type": content_type})
    connection.getresponse().read()
