"""Alone: a proof that is run as a module has the numbers it was asked for, and an engine of its own."""

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import engine
from tests.conftest import ACCOUNTLESS


@dataclass(frozen=True, slots=True)
class Asked:
    """How many, and from which seed on."""

    count: int
    seed: int


def asked(about: str, count: int) -> Asked:
    """What the command line asks for; so many when it does not say. What other proofs are asked is passed over."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--count", type=int, default=count)
    parser.add_argument("--seed", type=int, default=1)
    known, _ = parser.parse_known_args()
    return Asked(known.count, known.seed)


@contextmanager
def with_engine() -> Iterator[None]:
    """A DynamoDB Local, its tables in memory, is where the environment says that AWS is."""
    with tempfile.TemporaryDirectory() as folder, engine.in_memory(Path(folder)) as address:
        os.environ.update({**ACCOUNTLESS, "AWS_ENDPOINT_URL_DYNAMODB": address})
        yield


def progress(line: str) -> None:
    """One line that goes on changing."""
    print(f"\r\033[K{line}", end="", flush=True)
