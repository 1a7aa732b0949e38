"""Alone: what a proof that is run as a module is asked for, and how it tells of its progress."""

import argparse
from dataclasses import dataclass


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


def progress(line: str) -> None:
    """One line that goes on changing."""
    print(f"\r\033[K{line}", end="", flush=True)
