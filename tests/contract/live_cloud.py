"""A small embedded cloud, made by hand: moto with our patches, and the front as a process of its own."""

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import boto3

from local.deployment import Addresses, Deployment, FrontConfig, Function, dump

CHECKOUT = Path(__file__).parents[2]
ACCOUNT, REGION = "123456789012", "eu-central-1"
TEMPO = 60.0
PATIENCE_S = 20.0


@dataclass(frozen=True, slots=True)
class Cloud:
    """Where the parts are; `state_dir` is the front's."""

    addresses: Addresses
    state_dir: Path

    def client(self, service: str) -> Any:
        """A client of a service of this cloud."""
        url = self.addresses.dynamodb if service.startswith("dynamodb") else self.addresses.moto
        return boto3.client(
            service,  # type: ignore[call-overload]
            endpoint_url=url,
            region_name=REGION,
            aws_access_key_id="local",
            aws_secret_access_key="local",
        )

    def letters(self) -> list[dict[str, Any]]:
        """What is in the mailbox."""
        with urllib.request.urlopen(f"{self.addresses.front}/mailbox.json") as answer:
            items: list[dict[str, Any]] = json.load(answer)["items"]
            return items

    def printed(self, function: str) -> str:
        """What a function's workers have printed."""
        path = self.state_dir / "logs" / f"{function}.log"
        return path.read_text() if path.exists() else ""


def function(name: str, code: Path, handler: str) -> Function:
    """A function of this code."""
    arn = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}"
    return Function(name, arn, handler, code, {}, 10, 512, f"/aws/lambda/{name}", "")


def eventually(holds: Callable[[], object]) -> None:
    """Wait until it holds; the longest wait here is a visibility time-out and an alarm's period."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.05)


@contextmanager
def moto(tmp: Path, dynamodb: str) -> Iterator[Cloud]:
    """moto with our patches, for a front that is not there yet."""
    front_port, moto_port = _free_port(), _free_port()
    addresses = Addresses(f"http://127.0.0.1:{moto_port}", dynamodb, "127.0.0.1", front_port)
    command = ("local.moto_server", str(moto_port), addresses.front, str(tmp))
    with _process(command, tmp / "moto.log"):
        _wait_for(moto_port)
        yield Cloud(addresses, tmp / "state")


@contextmanager
def front(cloud: Cloud, deployment: Deployment) -> Iterator[None]:
    """The front, serving this deployment."""
    cloud.state_dir.mkdir(exist_ok=True)
    config = cloud.state_dir / "front.json"
    dump(FrontConfig(deployment, cloud.addresses, TEMPO, cloud.state_dir, Path(sys.executable)), config)
    with _process(("local.front", str(config)), cloud.state_dir / "front.out"):
        _wait_for(cloud.addresses.front_port)
        yield
    assert (cloud.state_dir / "front.out").read_text() == "", "a healthy front prints nothing"


def made(deployment: Deployment, code: Path, *names: str) -> Deployment:
    """The deployment with these functions, each of the handler of its name."""
    return replace(deployment, functions=tuple(function(name, code, f"handlers.{name}") for name in names))


@contextmanager
def _process(module: tuple[str, ...], log: Path) -> Iterator[None]:
    with (
        log.open("wb") as out,
        subprocess.Popen([sys.executable, "-m", *module], cwd=CHECKOUT, stdout=out, stderr=out) as process,
    ):
        try:
            yield
        finally:
            process.terminate()
            process.wait(10)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert time.monotonic() < end, f"nothing came to listen at {port}"
            time.sleep(0.05)
        else:
            return
