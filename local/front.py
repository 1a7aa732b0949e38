"""The front of the embedded cloud: gateway, tokens, mailbox and Lambda in one asyncio process.

`python -m local.front <config.json>` (see `deployment.FrontConfig`) serves until it is told to stop. It prints nothing
while it is healthy; it logs to `front.log` in the state directory. `GET /_local/ready` answers 200 once it serves.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import signal
import sys
from pathlib import Path
from types import FrameType

import uvicorn
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router
from uvicorn.loops.auto import auto_loop_factory

from local.asgi import Application, Receive, Scope, Send
from local.authorizer import JwtAuthorizers
from local.clockwork.assembled import Clockwork
from local.deployment import FrontConfig, load
from local.errors import CloudError
from local.gateway import Gateway
from local.mailbox.doors import MailboxDoors
from local.mailbox.store import Mailbox
from local.runtime.asynchronous import AsynchronousCalls
from local.runtime.door import PREFIX, InvokeDoor
from local.runtime.environment import Ground
from local.runtime.fleet import Fleet
from local.runtime.pool import Ears
from local.tokens import TokenEndpoint, signing_key

_log = logging.getLogger(__name__)
_OWN = ("/oauth2/", "/.well-known/", "/mailbox", "/_local/")
_KEEP_ALIVE_S = 75


class FrontDoor:
    """The ASGI application: Lambda's API and the front's own pages by their paths, everything else is the gateway's."""

    def __init__(self, gateway: Application, lambda_api: Application, own: Application) -> None:
        self._gateway = gateway
        self._lambda_api = lambda_api
        self._own = own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return
        path: str = scope["path"]
        if path.startswith(PREFIX):
            await self._lambda_api(scope, receive, send)
        elif path.startswith(_OWN):
            await self._own(scope, receive, send)
        else:
            await self._gateway(scope, receive, send)


class Front:
    """One front, put together: what it consists of, how it starts and ends."""

    def __init__(self, config: FrontConfig) -> None:
        self._config = config
        deployment = config.deployment
        ground = Ground(deployment.region, config.addresses, config.python)
        self._clockwork = Clockwork(config, self._leave)
        self._fleet = Fleet(deployment.functions, ground, Ears(self._clockwork.ended, self._clockwork.printed))
        self._asynchronous = AsynchronousCalls(self._fleet, self._clockwork.targets.send)

    def door(self) -> FrontDoor:
        """The application that serves this front."""
        config, deployment = self._config, self._config.deployment
        key = signing_key(config.state_dir)
        issuer = next((one.issuer for one in deployment.authorizers), config.addresses.front)
        tokens = TokenEndpoint(key, issuer, deployment.clients)
        mailbox = MailboxDoors(Mailbox(config.state_dir / "mailbox.jsonl"))
        own = [Route("/_local/ready", self._ready), *tokens.routes(config.addresses.front), *mailbox.routes()]
        return FrontDoor(
            Gateway(deployment, self._fleet, JwtAuthorizers(deployment.authorizers, key)),
            InvokeDoor(self._fleet, self._asynchronous, _arn_prefix(config)),
            Router(own),
        )

    def start(self) -> None:
        """Set the clockwork going."""
        self._clockwork.start(self._fleet.call)

    async def stop(self) -> None:
        """End the workers and the clockwork."""
        await self._fleet.close()
        self._clockwork.stop()

    async def reap(self) -> None:
        """End workers that nobody needs, for ever."""
        await self._fleet.reap()

    async def _ready(self, _request: Request) -> Response:
        return JSONResponse({"status": "ready", "state_dir": str(self._config.state_dir)})

    def _leave(self, arn: str, payload: str) -> None:
        self._asynchronous.submit_from_thread(self._fleet.function(arn), payload.encode())


def _arn_prefix(config: FrontConfig) -> str:
    return f"arn:aws:lambda:{config.deployment.region}:{config.deployment.account}:function:"


def _heard(number: int, _frame: FrameType | None) -> None:
    """Uvicorn raises the signal that stopped it once more: without this the workers' end would be cut short."""
    _log.info("stopped by %s", signal.Signals(number).name)


async def serve(config: FrontConfig) -> None:
    """Serve until SIGTERM or SIGINT."""
    front = Front(config)
    server = uvicorn.Server(
        uvicorn.Config(
            front.door(),
            host=config.addresses.front_host,
            port=config.addresses.front_port,
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            http="httptools",
            timeout_keep_alive=_KEEP_ALIVE_S,
            timeout_graceful_shutdown=1,
        )
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _heard)
    front.start()
    reaping = asyncio.create_task(front.reap())
    try:
        await server.serve()
    finally:
        reaping.cancel()
        await front.stop()


def _emptied(directory: Path) -> Path:
    """The directory, with nothing in it."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    return directory.absolute()


def main(config_path: Path) -> None:
    """Run the front of a configuration file."""
    config = load(config_path)
    config.state_dir.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(
        filename=config.state_dir / "front.log",
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    os.environ["TMPDIR"] = str(_emptied(config.state_dir / "tmp"))  # workers' /tmp: it goes with the cloud
    try:
        with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:  # uvloop where it has a wheel
            runner.run(serve(config))
    except CloudError as error:
        _log.error("%s", error)
        sys.exit(str(error))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
