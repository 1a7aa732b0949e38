"""Slack's side of a webhook: a server on loopback, what it answers, and what came to it."""

import json
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

from shared.adapters.clients import client
from shared.adapters.slack_webhooks import SlackWebhooks

WEBHOOK = "/services/T00000000/B00000000/sesame"


@dataclass(slots=True)
class Door:
    """Slack's side: what it answers, and what came to it."""

    url: str = ""
    status: int = 200
    body: str = "ok"
    headers: Mapping[str, str] = field(default_factory=dict)
    silent: Event | None = None
    came: list[tuple[str, str]] = field(default_factory=list)

    def texts(self, path: str = WEBHOOK) -> list[str]:
        """The texts that came to a webhook."""
        return [json.loads(body)["text"] for to, body in self.came if to == path]


@contextmanager
def opened() -> Iterator[Door]:
    """A server on loopback that takes everything."""
    door = Door()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            door.came.append((self.path, self.rfile.read(int(self.headers["content-length"])).decode()))
            if door.silent:
                door.silent.wait(5)
                return
            self.send_response(door.status)
            for name, value in door.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(door.body)))
            self.end_headers()
            self.wfile.write(door.body.encode())

        def log_message(self, *_: object) -> None:
            """Nothing is written."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        door.url = f"http://127.0.0.1:{server.server_port}"
        yield door
        server.shutdown()
        thread.join()


def a_secret(**channels: str) -> str:
    """The secret's ARN; each channel with its webhook."""
    return str(client("secretsmanager").create_secret(Name="slack", SecretString=json.dumps(channels))["ARN"])


def to(door: Door, webhook: str = WEBHOOK, timeout_s: float = 5.0) -> SlackWebhooks:
    """Slack behind that door, with a webhook for the channel flights."""
    return SlackWebhooks(a_secret(flights=webhook), door.url, timeout_s)


def told(error: BaseException) -> str:
    """All that a log would show of an error."""
    return "".join(traceback.format_exception(error)) + repr(getattr(error, "problems", ()))
