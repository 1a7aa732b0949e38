"""moto's AWS APIs under waitress, with our patches: `python -m local.moto_server PORT FRONT_URL STATE_DIRECTORY`."""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

HOST = "127.0.0.1"
# Each queue's long poll holds a thread for as long as it waits.
THREADS = 96
FORM = "application/x-www-form-urlencoded"
# Loaded before anybody asks; the first request to a backend would wait for its import.
FIRST_ASKED = ("s3", "iam", "sqs", "kms", "sns", "events", "logs", "cloudwatch", "lambda", "stepfunctions", "firehose")
NOT_MOTOS = {
    "DynamoDB": "the registry's engine is DynamoDB Local: set AWS_ENDPOINT_URL_DYNAMODB as .treadle/local.json says"
}

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def main(port: int, front_url: str, state: Path) -> None:
    """Serve until killed. Imports stand here since the environment has to be set before them."""
    url = f"http://{HOST}:{port}"
    os.environ |= {
        "MOTO_PORT": str(port),
        "AWS_ACCESS_KEY_ID": "moto",
        "AWS_SECRET_ACCESS_KEY": "moto",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    import waitress  # noqa: PLC0415
    from moto.core.config import default_user_config  # noqa: PLC0415
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app  # noqa: PLC0415

    from local.front_calls import Front  # noqa: PLC0415
    from local.patches import without_batch  # noqa: PLC0415

    without_batch.apply()
    from local.patches import order  # noqa: PLC0415

    default_user_config["stepfunctions"]["execute_state_machine"] = True
    order.apply_all(Front(front_url), url, state)
    backends = DomainDispatcherApplication(create_backend_app)
    server = waitress.create_server(
        guarded(backends),
        host=HOST,
        port=port,
        threads=THREADS,
        asyncore_use_poll=True,
        clear_untrusted_proxy_headers=True,
    )
    threading.Thread(target=_load, args=(backends,), daemon=True).start()
    server.run()


def guarded(application: Application) -> Application:
    """The application behind corrections: paths and bodies as they were sent, calls that belong to another engine."""

    def respond(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        # moto reads the path before decoding from werkzeug's name for it
        environ["RAW_URI"] = environ["REQUEST_URI"]
        # clients that set no type say "form"; moto would read such an object's bytes as fields, and keep none
        if environ["REQUEST_METHOD"] == "PUT" and environ.get("CONTENT_TYPE", "").startswith(FORM):
            environ["CONTENT_TYPE"] = "application/octet-stream"
        service = environ.get("HTTP_X_AMZ_TARGET", "").split("_")[0].removesuffix("Streams")
        if service in NOT_MOTOS:
            start_response("400 Bad Request", [("Content-Type", "application/x-amz-json-1.0")])
            return [json.dumps({"__type": "ValidationException", "message": NOT_MOTOS[service]}).encode()]
        return application(environ, start_response)

    return respond


def _load(backends: Any) -> None:
    for service in FIRST_ASKED:
        with backends.lock:
            if service not in backends.app_instances:
                backends.app_instances[service] = backends.create_app(service)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    main(int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
