"""DynamoDB Local listens on every interface and has no option for that. Its Jetty asks a connector for its host: here
the class that answers is rewritten to say 127.0.0.1, and stands before Jetty's own on the class path."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

from local.errors import DidNotStart

CLASS = "org/eclipse/jetty/server/AbstractNetworkConnector.class"
HOST = b"127.0.0.1"
# The JVM specification, §4.4: bytes after the tag of each kind of constant; 5 and 6 take two places.
FOUR_BYTES = dict.fromkeys((3, 4, 9, 10, 11, 12, 17, 18), 4)
CONSTANT_SIZES = FOUR_BYTES | {5: 8, 6: 8, 7: 2, 8: 2, 15: 3, 16: 2, 19: 2, 20: 2}
UTF8, STRING, FIELD_REFERENCE, NAME_AND_TYPE = 1, 8, 9, 12
POOL_START = 10


def write_class(jetty: Path, directory: Path) -> None:
    """Write the rewritten class below `directory`; raises DidNotStart when Jetty's has another shape."""
    with zipfile.ZipFile(jetty) as archive:
        rewritten = rewrite(archive.read(CLASS))
    path = directory / CLASS
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(rewritten)


def rewrite(original: bytes) -> bytes:
    """The class with `getHost` returning a constant instead of the field `_host`."""
    constants, end = _constants(original)
    count = struct.unpack_from(">H", original, 8)[0]
    host = struct.pack(">BH", UTF8, len(HOST)) + HOST + struct.pack(">BH", STRING, count)
    field = _field(constants, b"_host")
    reads_field = b"\x2a\xb4" + struct.pack(">H", field) + b"\xb0"  # aload_0 · getfield _host · areturn
    says_host = b"\x00\x13" + struct.pack(">H", count + 1) + b"\xb0"  # nop · ldc_w · areturn, as long as the other
    if original.count(reads_field) != 1:
        raise DidNotStart("DynamoDB Local: its Jetty reads a connector's host in another way", fix="npm ci, then again")
    body = original[end:].replace(reads_field, says_host)
    return original[:8] + struct.pack(">H", count + 2) + original[POOL_START:end] + host + body


def _constants(content: bytes) -> tuple[dict[int, tuple[int, bytes]], int]:
    """Every constant by its index, as (tag, bytes), and where the pool ends."""
    constants: dict[int, tuple[int, bytes]] = {}
    at, index = POOL_START, 1
    while index < struct.unpack_from(">H", content, 8)[0]:
        tag = content[at]
        size = 2 + struct.unpack_from(">H", content, at + 1)[0] if tag == UTF8 else CONSTANT_SIZES[tag]
        constants[index] = (tag, content[at + 1 : at + 1 + size])
        at += 1 + size
        index += 2 if tag in {5, 6} else 1
    return constants, at


def _field(constants: dict[int, tuple[int, bytes]], name: bytes) -> int:
    """The index of the reference to a field by its name."""
    for index, (tag, content) in constants.items():
        if tag == FIELD_REFERENCE:
            name_and_type = constants[struct.unpack(">HH", content)[1]][1]
            if constants[struct.unpack(">HH", name_and_type)[0]][1][2:] == name:
                return index
    raise DidNotStart("DynamoDB Local: its Jetty keeps a connector's host elsewhere", fix="npm ci, then again")
