"""`python -m local up | down | status | serve`: the embedded cloud from the command line."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from local import cloud_assembly, local_json
from local.claim import owner, wait_until_free
from local.errors import CloudError, DidNotStart
from local.options import CHECKOUT, Lifetime, Options, Start
from local.ports import FREE

DOWN_PATIENCE_S = 10.0


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit status: 0 done, 1 no, 2 not understood."""
    parsed = _parser().parse_args(arguments)
    options = Options(
        state=parsed.state,
        out=parsed.out,
        tempo=parsed.tempo,
        port=parsed.port,
        start=Start.EMPTY if parsed.fresh else Start.KEPT,
        lifetime=Lifetime.OWN if parsed.detached else Lifetime.PARENT,
    )
    try:
        return COMMANDS[parsed.command](options)
    except CloudError as error:
        print(error, file=sys.stderr)
        return 1


def up(options: Options) -> int:
    """Start the cloud in the background and return when it serves; returns at once if it does already."""
    began = time.monotonic()
    if owner(options.state):
        _wait_for_another_start(options)
        if _is_current(options):
            return status(options)
        print("Another start is wanted, or the templates have changed: starting again.")
        down(options)
    options.logs.mkdir(parents=True, exist_ok=True)
    log = options.state / "supervisor.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "local", "serve", "--detached", *_flags(options)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            cwd=CHECKOUT,
        )
    while not options.local_json.exists() or _pid(options) != process.pid:
        if process.poll() is not None:
            raise DidNotStart(log.read_text(errors="replace").strip() or f"it ended with status {process.returncode}")
        time.sleep(0.02)
    print(f"{_told(options)}\nReady after {time.monotonic() - began:.1f} s; `make down` ends it.")
    return 0


def _wait_for_another_start(options: Options) -> None:
    """Somebody else's `up` may be under way: let it come to its end first."""
    while owner(options.state) and not options.local_json.exists():
        time.sleep(0.05)


def _is_current(options: Options) -> bool:
    """Whether the cloud that is up runs the present templates at this tempo, and no empty start is wanted."""
    running = options.fingerprint.read_text() if options.fingerprint.exists() else ""
    wanted = cloud_assembly.read(options.out).fingerprint
    same_pace = options.local_json.exists() and local_json.read(options.local_json).tempo == options.tempo
    return options.start is Start.KEPT and same_pace and running == wanted


def _flags(options: Options) -> list[str]:
    paths = ["--state", str(options.state.resolve()), "--out", str(options.out.resolve())]
    fresh = ["--fresh"] if options.start is Start.EMPTY else []
    return [*paths, "--tempo", str(options.tempo), "--port", str(options.port), *fresh]


def _pid(options: Options) -> int:
    return local_json.read(options.local_json).pid


def down(options: Options) -> int:
    """End the cloud and everything it started."""
    process = owner(options.state)
    if not process:
        options.local_json.unlink(missing_ok=True)
        print(f"No embedded cloud is up in {options.state}.")
        return 0
    _signal(process, signal.SIGTERM)
    if not wait_until_free(options.state, DOWN_PATIENCE_S):
        _signal(process, signal.SIGKILL)
        wait_until_free(options.state, DOWN_PATIENCE_S)
    options.local_json.unlink(missing_ok=True)
    print("The embedded cloud is down; what it kept is there at the next `make up`.")
    return 0


def _signal(process: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, number)


def status(options: Options) -> int:
    """Say whether a cloud is up, and where; 1 if none is."""
    if not owner(options.state) or not options.local_json.exists():
        print(f"No embedded cloud is up in {options.state}. `make up` starts one.")
        return 1
    print(_told(options))
    return 0


def _told(options: Options) -> str:
    content = local_json.read(options.local_json)
    lines = {"API": content.api_url, "Mailbox": content.mailbox_url, "AWS": content.aws_endpoint_url}
    told = "\n".join(f"  {name:8} {value}" for name, value in lines.items())
    return f"The embedded cloud is up, process {content.pid}.\n{told}\n  Settings {options.local_json}"


def serve(options: Options) -> int:
    """Run the cloud in this process until Ctrl-C or the end of whoever started it; prints `local.json`'s path."""
    from local.supervisor import Supervisor  # noqa: PLC0415  `up`, `down` and `status` do without it

    supervisor = Supervisor(options)
    supervisor.bring_up()
    try:
        print(options.local_json, flush=True)
        supervisor.watch()
    finally:
        supervisor.end()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m local", description="The embedded cloud: AWS on this machine.")
    parser.add_argument("command", choices=tuple(COMMANDS))
    parser.add_argument("--state", type=Path, default=Path(".treadle"), help="where it lives (.treadle)")
    parser.add_argument("--out", type=Path, default=Path("cdk.out"), help="what synthesis wrote (cdk.out)")
    parser.add_argument("--tempo", type=float, default=1.0, help="divides what templates say about time (1)")
    port = os.environ.get("TREADLE_PORT") or FREE
    parser.add_argument("--port", type=int, default=port, help="the front's port (a free one, or TREADLE_PORT)")
    parser.add_argument("--fresh", action="store_true", help="forget what was kept")
    parser.add_argument("--detached", action="store_true", help="serve: outlive whoever started it")
    return parser


COMMANDS: Mapping[str, Callable[[Options], int]] = {"up": up, "down": down, "serve": serve, "status": status}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
