"""moto checks If-None-Match and If-Match first and writes later, so that two writers may both pass. Here the check and
the write are one step, as they are on S3."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from moto.s3.responses import S3Response

CONDITIONAL = ("put_object", "_key_response_post")  # the latter completes a multipart upload
_one_writer = threading.Lock()


def apply() -> None:
    """Let one conditional write at a time through; writes without a condition do not wait."""
    for operation in CONDITIONAL:
        setattr(S3Response, operation, _in_turn(getattr(S3Response, operation)))


def _in_turn(by_moto: Callable[..., Any]) -> Callable[..., Any]:
    def write(self: S3Response, *request: Any) -> Any:
        if not (self.headers.get("If-None-Match") or self.headers.get("If-Match")):
            return by_moto(self, *request)
        with _one_writer:
            return by_moto(self, *request)

    return write
