"""waitress writes header names In-Title-Case. S3's metadata names are lower case, and clients hand them on as they
come: `Metadata["sha256"]` would be `Metadata["Sha256"]` here."""

from __future__ import annotations

import re
from collections.abc import Callable

from waitress.task import WSGITask

METADATA_NAME = re.compile(rb"^x-amz-meta-[^:]+:", re.IGNORECASE | re.MULTILINE)


def apply() -> None:
    """Write the names of an object's metadata in lower case."""
    by_waitress: Callable[[WSGITask], bytes] = WSGITask.build_response_header

    def build_response_header(self: WSGITask) -> bytes:
        return METADATA_NAME.sub(lambda found: found[0].lower(), by_waitress(self))

    WSGITask.build_response_header = build_response_header
