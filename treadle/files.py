"""Files that people name: opened, unpacked and read as text, or refused with a sentence."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from treadle.errors import Misused


@contextmanager
def lines(path: Path) -> Iterator[TextIO]:
    """The file's lines, a .gz unpacked; raises Misused for one that cannot be read as text in UTF-8."""
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rb") as packed, io.TextIOWrapper(packed, encoding="utf-8", newline="") as file:
            yield file
    except (OSError, EOFError, zlib.error) as error:
        raise Misused(
            f"{path} cannot be read: {getattr(error, 'strerror', '') or error}", "name another file"
        ) from None
    except UnicodeDecodeError:
        raise Misused(f"{path} is not text in UTF-8", "name a .csv or .jsonl file, also .gz, in UTF-8") from None


def text(path: Path) -> str:
    """The whole text; raises Misused."""
    with lines(path) as file:
        return file.read()
