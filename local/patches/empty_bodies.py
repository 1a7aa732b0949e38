"""waitress answers `Expect: 100-continue` of a request without a body by waiting for one, for ever. botocore sends that
with every S3 put, so that an empty object could not be put."""

from __future__ import annotations

from collections.abc import Callable

from waitress.parser import HTTPRequestParser


def apply() -> None:
    """Expect nothing more of a request whose body is empty."""
    by_waitress: Callable[[HTTPRequestParser, bytes], None] = HTTPRequestParser.parse_header

    def parse_header(self: HTTPRequestParser, header_plus: bytes) -> None:
        by_waitress(self, header_plus)
        if not self.chunked and not self.content_length:
            self.expect_continue = False

    HTTPRequestParser.parse_header = parse_header
