"""Which ports the embedded cloud takes: the same ones at each start of a checkout, as long as they are free."""

from __future__ import annotations

import json
import socket
import zlib
from dataclasses import dataclass
from pathlib import Path

from local.errors import PortTaken

HOST = "127.0.0.1"
# Below the range from which the kernel takes ports for outgoing connections, so that none is lost before it is bound.
FIRST, LAST = 20_000, 31_990
FREE = 0


@dataclass(frozen=True, slots=True)
class Ports:
    """One port a server."""

    front: int
    moto: int
    dynamodb: int


def choose(first: int, state: Path) -> Ports:
    """Three free ports. `first` fixes the front's (FREE: any); raises PortTaken when that one is not free."""
    if first != FREE and not _is_free(first):
        raise PortTaken(f"port {first} is taken by {_owner(first)}", fix="choose another TREADLE_PORT, or leave it out")
    start = first if first != FREE else FIRST + zlib.crc32(str(state.resolve()).encode()) % (LAST - FIRST)
    front, moto, dynamodb = _free_from(start, 3)
    return Ports(front, moto, dynamodb)


def _free_from(start: int, count: int) -> list[int]:
    found: list[int] = []
    for port in [*range(start, 65_000), *range(FIRST, start)]:
        if _is_free(port):
            found.append(port)
        if len(found) == count:
            return found
    raise PortTaken("no free port is left on this machine", fix="end programs that listen, then try again")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def _owner(port: int) -> str:
    """Who answers there: another checkout's cloud says where its state is."""
    import urllib.request  # noqa: PLC0415  the command line pays for it only when a port is taken

    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/_local/ready", timeout=0.5) as answer:
            return f"the embedded cloud of {json.loads(answer.read())['state_dir']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another program"
