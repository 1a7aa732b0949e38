"""A doorstep in memory: its URLs name the file, its length and its hash, and what is put twice stays as it was."""

import hashlib
from collections.abc import Mapping
from urllib.parse import parse_qs, quote, unquote, urlsplit

from shared.domain.upload import Place
from shared.ports.doorstep import Ticket

PUT, WRONG, THERE = 200, 403, 412


class MemoryDoorstep:
    """Bodies by key."""

    def __init__(self, bucket: str = "data") -> None:
        self._bucket = bucket
        self.bodies: dict[str, bytes] = {}

    def ticket(self, key: str, size: int, sha256: str, seconds: int) -> Ticket:
        """Leave to put this many bytes of this hash there once."""
        url = f"https://{self._bucket}.example.com/{quote(key)}?size={size}&sha256={sha256}&expires={seconds}"
        headers = {"content-length": str(size), "if-none-match": "*", "x-amz-checksum-sha256": sha256}
        return Ticket(Place(self._bucket, key, ""), url, headers)

    def put(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        """The status that the store answers with."""
        place = urlsplit(url)
        said = {name: values[0] for name, values in parse_qs(place.query).items()}
        signed = (said["size"], "*", said["sha256"])
        sent = tuple(headers.get(name) for name in ("content-length", "if-none-match", "x-amz-checksum-sha256"))
        if sent != signed or (str(len(body)), hashlib.sha256(body).hexdigest()) != (said["size"], said["sha256"]):
            return WRONG
        key = unquote(place.path[1:])
        if key in self.bodies:
            return THERE
        self.bodies[key] = body
        return PUT
