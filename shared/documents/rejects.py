"""The rejected cells of an upload as a CSV file: line, column, got, expected."""

import csv
import io
from collections.abc import Iterable

from shared.domain.dataset import Reject


def rejects(found: Iterable[Reject]) -> str:
    """RFC 4180 text with a header; `got` exactly as it stood in the upload."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow(("line", "column", "got", "expected"))
    lines.writerows((each.line, each.column, each.got, each.expected) for each in found)
    return text.getvalue()
