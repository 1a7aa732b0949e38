"""Ids that count: well-formed, in order, the same in every run."""

from itertools import count

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class CountingIds:
    """The first is …01, the next …02."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def new(self, prefix: str) -> str:
        """prefix_ and a ULID."""
        number = next(self._numbers)
        return f"{prefix}_" + "".join(CROCKFORD[number >> shift & 31] for shift in range(125, -1, -5))
