"""Limits of DynamoDB, which are met before the call: bytes of an item, writes and bytes of a transaction.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from shared.domain.errors import Problem, TooLarge

Item = Mapping[str, Mapping[str, Any]]
"""Attributes as botocore takes them: texts, numbers as text, bytes."""

ITEM_BYTES = 396 * 1024
"""400 KB, less the room for the reason of a later move: that is added to an item where it lies."""

TRANSACTION_WRITES = 100
TRANSACTION_BYTES = 4_000_000


def size_of(item: Item) -> int:
    """Bytes that count against the limit: names and values as UTF-8; a number's digits, which is no less."""
    values = ((name, text) for name, value in item.items() for text in value.values())
    return sum(len(name.encode()) + len(text if isinstance(text, bytes) else text.encode()) for name, text in values)


def checked(item: Item, what: str, fix: str) -> int:
    """The item's bytes; raises TooLarge, which names what it is and what to do."""
    if (size := size_of(item)) > ITEM_BYTES:
        said = Problem("/body", "larger than a record may be", f"{size:,} bytes", f"at most {ITEM_BYTES:,} bytes", fix)
        raise TooLarge(f"{what} is larger than a record may be", said)
    return size


def parts(writes: Iterable[tuple[Mapping[str, Any], int]]) -> Iterator[list[Mapping[str, Any]]]:
    """Writes with their bytes → as many of them at a time as one transaction takes, in their order."""
    part: list[Mapping[str, Any]] = []
    held = 0
    for write, size in writes:
        if part and (len(part) == TRANSACTION_WRITES or held + size > TRANSACTION_BYTES):
            yield part
            part, held = [], 0
        part.append(write)
        held += size
    if part:
        yield part
