"""Names and ids: the one pattern of model names, and ids that carry their noun."""

import hashlib
import re
from typing import Annotated

from pydantic import AfterValidator

_MODEL = re.compile(r"[a-z][a-z0-9-]{0,39}")
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ULID = f"[{_CROCKFORD}]{{26}}"


def is_model_name(text: str) -> bool:
    """Whether the whole text is a model's name (no trailing newline, no encoding)."""
    return _MODEL.fullmatch(text) is not None


def model_name(text: str) -> str:
    """The text, when it is a model's name; raises ValueError."""
    if not is_model_name(text):
        raise ValueError("expected a lower-case letter, then up to 39 letters, digits or dashes")
    return text


ModelName = Annotated[str, AfterValidator(model_name)]
"""[a-z][a-z0-9-]{0,39} by full match."""


def is_id(prefix: str, text: str) -> bool:
    """Whether the text is a whole id of this noun, such as run_ and a ULID."""
    return re.fullmatch(f"{prefix}_{_ULID}", text) is not None


def digest_id(prefix: str, *parts: str) -> str:
    """The id that the same parts always give: prefix_ and 128 bits of their sha256, written as a ULID is."""
    number = int.from_bytes(hashlib.sha256("\0".join(parts).encode()).digest()[:16], "big")
    letters = (_CROCKFORD[number >> shift & 31] for shift in range(125, -1, -5))
    return f"{prefix}_{''.join(letters)}"
