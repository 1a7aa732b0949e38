"""moto with our patches and moto without, each a process of its own, and a front that writes down what it hears."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import boto3
from botocore.config import Config
from typing_extensions import override

CHECKOUT = Path(__file__).parents[3]
ACCOUNT = "123456789012"
CONFIGURATION = {"stepfunctions": {"execute_state_machine": True}, "lambda": {"use_docker": False}}


@dataclass(slots=True)
class RecordingFront:
    """What was asked of the front: (path, invocation type, JSON body). It echoes every body."""

    url: str = ""
    asked: list[tuple[str, str, Any]] = field(default_factory=list)

    def invocations(self, function: str) -> list[Any]:
        """The events with which a function was called."""
        return [body for path, _, body in self.asked if f"/functions/{function}/" in path.replace("%3A", ":")]

    def letters(self) -> list[Mapping[str, Any]]:
        """What was put into the mailbox."""
        return [body for path, _, body in self.asked if path == "/_local/mailbox"]


@contextmanager
def recording_front() -> Iterator[RecordingFront]:
    """A front on a port of its own."""
    front = RecordingFront()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            front.asked.append((self.path, self.headers.get("X-Amz-Invocation-Type", ""), json.loads(body)))
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        @override
        def log_message(self, format: str, *args: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    front.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    yield front
    server.shutdown()
    server.server_close()


@dataclass(frozen=True, slots=True)
class Moto:
    """A server that answers AWS's APIs."""

    url: str
    process: subprocess.Popen[bytes]

    def client(self, service: str) -> Any:
        """A client of one API, without retries."""
        make: Callable[..., Any] = boto3.client
        return make(
            service,
            endpoint_url=self.url,
            region_name="us-east-1",
            config=Config(retries={"total_max_attempts": 1}, read_timeout=20),
        )


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def patched(front: RecordingFront, state: Path) -> Iterator[Moto]:
    """The server of the embedded cloud, which keeps there what outlives it."""
    port = free_port()
    with _running(["-m", "local.moto_server", str(port), front.url, str(state)], port) as moto:
        yield moto


@contextmanager
def plain() -> Iterator[Moto]:
    """moto as it comes."""
    port = free_port()
    with _running(["-m", "moto.server", "-p", str(port)], port) as moto:
        body = json.dumps(CONFIGURATION).encode()
        urllib.request.urlopen(f"{moto.url}/moto-api/config", data=body, timeout=10).close()
        yield moto


@contextmanager
def _running(arguments: list[str], port: int) -> Iterator[Moto]:
    environment = os.environ | {"PYTHONPATH": str(CHECKOUT)}
    process = subprocess.Popen([sys.executable, *arguments], env=environment, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield Moto(f"http://127.0.0.1:{port}", process)
    finally:
        process.kill()
        process.wait()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on {port}")


def run_python(code: str) -> str:
    """What a program of its own prints."""
    environment = os.environ | {"PYTHONPATH": str(CHECKOUT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()
