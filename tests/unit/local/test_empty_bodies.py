"""An empty object can be put. Once waitress mends it, the first assertion fails and the patch can go."""

import pytest
from waitress.adjustments import Adjustments
from waitress.parser import HTTPRequestParser

from local.patches import empty_bodies

PUT = b"PUT /empty HTTP/1.1\r\nHost: s3\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n"


def waits(length: int) -> bool:
    """Whether the server asks for a body after a head that announces this length."""
    parser = HTTPRequestParser(Adjustments())
    parser.received(PUT % length)
    return bool(parser.expect_continue)


def test_no_body_is_waited_for_where_none_was_announced(monkeypatch: pytest.MonkeyPatch) -> None:
    assert waits(0)
    monkeypatch.setattr(HTTPRequestParser, "parse_header", HTTPRequestParser.parse_header)
    empty_bodies.apply()
    assert (waits(0), waits(5)) == (False, True)
