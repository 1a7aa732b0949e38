"""Advice: what a spec may say, and seldom means; nothing is refused for it."""

from collections.abc import Iterator

from shared.domain.errors import Problem
from shared.domain.spec.whole import Spec

NO_KEY = Problem(
    "/data/key",
    "a row that is uploaded again, or fed back and uploaded, is learned from twice",
    "no key, and uploads: append",
    "the columns that name a row",
    "write key: [column, …]; or uploads: replace, where every file holds all rows",
)


def advice(spec: Spec) -> Iterator[Problem]:
    """A problem for each such setting."""
    if spec.data.uploads == "append" and not spec.data.key:
        yield NO_KEY
