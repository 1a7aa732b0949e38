"""Size: how large a spec may be as it is kept."""

from shared.domain import record
from shared.domain.errors import Problem, TooLarge
from shared.domain.spec.whole import Spec

MOST_BYTES = 256 * 1024
"""Of a spec with all its defaults as it is stored: some 1,700 columns, of which checks keep a figure each."""


def must_fit(spec: Spec) -> None:
    """Raise TooLarge for a spec that no item of the registry holds."""
    if (size := len(record.written(spec))) > MOST_BYTES:
        fix = "name fewer columns, or shorten its texts"
        problem = Problem("", "larger than a spec may be", f"{size:,} bytes", f"at most {MOST_BYTES:,} bytes", fix)
        raise TooLarge(f"the spec of {spec.model} has {size:,} bytes with its defaults", problem)
