"""The process that owns an embedded cloud: starts its parts in order, watches them, takes them along when it ends."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from local import cloud_assembly, dynamodb_local, local_json
from local.claim import claim
from local.errors import DidNotStart
from local.family import Family, is_orphaned
from local.local_json import LocalJson
from local.options import CHECKOUT, Lifetime, Options, Start
from local.ports import HOST, Ports, choose

if TYPE_CHECKING:
    from local.deployment import FrontConfig

ACCOUNT, REGION = "123456789012", "us-east-1"  # moto's own account
PATIENCE_S = 60.0
WATCH_S = 0.2
INTERRUPTED = 130


class Supervisor:
    """One embedded cloud, from its claim to a state directory to its end."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.assembly = cloud_assembly.read(options.out)
        self._lock = claim(options.state)
        self._parent = os.getppid()
        self._signals = 0
        if options.start is Start.EMPTY and options.cloud.exists():
            shutil.rmtree(options.cloud)
        self.family = Family(options.logs, keep=[self._lock])
        options.fingerprint.write_text(self.assembly.fingerprint)
        for wanted in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(wanted, self._heard)

    def _heard(self, _number: int, _frame: FrameType | None) -> None:
        self._signals += 1
        if self._signals > 1:
            self.family.kill()
            self._forget()
            os._exit(INTERRUPTED)

    def bring_up(self) -> LocalJson:
        """Start everything; raises a CloudError, with nothing left running, when a part does not come up."""
        try:
            config = self._started(choose(self.options.port, self.options.state))
        except BaseException:
            self.family.kill()
            raise
        content = local_json.describe(config, os.getpid())
        local_json.write(content, self.options.local_json)
        return content

    def _started(self, ports: Ports) -> FrontConfig:
        self._start_engines(ports)
        # The engines take seconds of their own to start: importing AWS's clients goes on meanwhile.
        from local import assembly, executions, retold  # noqa: PLC0415
        from local.deployment import Addresses, FrontConfig  # noqa: PLC0415
        from local.resources.resource import Cloud  # noqa: PLC0415
        from local.vault import Vault  # noqa: PLC0415

        addresses = Addresses(_url(ports.moto), _url(ports.dynamodb), HOST, ports.front)
        vault = Vault(self.options.cloud / "secrets.json")
        cloud = Cloud(ACCOUNT, REGION, addresses, self.assembly.code, vault)
        for engine in (addresses.dynamodb, addresses.moto):
            self._wait_for(engine)
        config = FrontConfig(
            deployment=assembly.deploy(self.assembly, cloud),
            addresses=addresses,
            tempo=self.options.tempo,
            state_dir=self.options.cloud.resolve(),
            python=Path(sys.executable),
        )
        self._start_front(config)
        retold.retell(cloud, config.deployment.buckets)
        executions.resume(cloud, self.options.cloud / "executions")
        return config

    def _start_engines(self, ports: Ports) -> None:
        cloud = self.options.cloud.resolve()
        moto = [sys.executable, "-m", "local.moto_server", str(ports.moto), _url(ports.front), str(cloud)]
        self.family.start("moto", moto, _environment())
        registry = dynamodb_local.command(ports.dynamodb, cloud / "dynamodb", cloud / "java")
        self.family.start("dynamodb", registry, _environment())

    def _start_front(self, config: FrontConfig) -> None:
        from local.deployment import dump  # noqa: PLC0415

        path = self.options.cloud / "front.json"
        dump(config, path)
        self.family.start("front", [sys.executable, "-m", "local.front", str(path.resolve())], _environment())
        self._wait_for(f"{config.addresses.front}/_local/ready")

    def _wait_for(self, url: str) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not _answers(url):
            self.family.refuse_the_dead()
            if self._signals:
                raise DidNotStart("interrupted while the embedded cloud was coming up")
            if time.monotonic() > deadline:
                raise DidNotStart(f"{url} was silent for {PATIENCE_S:.0f} s", fix=f"read {self.options.logs}/*.log")
            time.sleep(0.02)

    def watch(self) -> None:
        """Stay until a signal, or the end of the parent; raises DidNotStart when a part ends by itself."""
        leave: Mapping[Lifetime, Callable[[], bool]] = {
            Lifetime.PARENT: lambda: is_orphaned(self._parent),
            Lifetime.OWN: lambda: False,
        }
        gone = leave[self.options.lifetime]
        while not self._signals and not gone():
            self.family.refuse_the_dead()
            time.sleep(WATCH_S)

    def end(self) -> None:
        """End every part, in good order where it listens, and take back what was told about the cloud."""
        self._forget()
        self.family.end()

    def _forget(self) -> None:
        self.options.local_json.unlink(missing_ok=True)


def _url(port: int) -> str:
    return f"http://{HOST}:{port}"


def _environment() -> Mapping[str, str]:
    """What the parts inherit: no AWS settings of the person's shell, one thread a library."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return kept | {"PYTHONPATH": str(CHECKOUT), "PYTHONUNBUFFERED": "1", "OMP_NUM_THREADS": "1"}


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2):  # noqa: S310  a loopback address of our own
            return True
    except urllib.error.HTTPError as answer:
        # engines refuse a bare GET; the front says 503 while it is not ready
        return answer.code < 500 and not url.endswith("/ready")
    except OSError:
        return False
