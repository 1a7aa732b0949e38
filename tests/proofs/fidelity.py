"""Fidelity: what the local engines do differently from AWS, and what they keep, is what `docs/local.md` says.

`python -m tests.proofs.fidelity` runs the test of every row and prints the rows; a new moto or DynamoDB Local that
changes one is named.
"""

import sys
import time
from collections.abc import Iterable, Iterator, Mapping

import pytest

from local.differences_page import ROWS
from local.engine_differences import ALIKE
from tests.proofs import ledger

WIDTH = 24
"""Characters of a row's name."""


class Outcomes:
    """A plugin of pytest: whether each test held, by its node id without parameters."""

    def __init__(self) -> None:
        self.held: dict[str, bool] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One phase of a test is over; a test holds when all of them passed."""
        proof = report.nodeid.partition("[")[0]
        self.held[proof] = self.held.get(proof, True) and report.passed


def prove(proofs: Iterable[str]) -> Mapping[str, bool]:
    """Run these tests, given by node id; whether each held. Those of one file share what its fixtures start once."""
    outcomes = Outcomes()
    by_file = sorted(dict.fromkeys(proofs), key=lambda proof: proof.partition("::")[0])
    pytest.main(["-q", "-p", "no:cacheprovider", "-n", "0", *by_file], plugins=[outcomes])
    return outcomes.held


def told(rows: Mapping[str, tuple[str, str]], held: Mapping[str, bool]) -> Iterator[str]:
    """A line for each row (name → what is said, its proof): whether it holds, and where it does not, which test."""
    for name, (said, proof) in rows.items():
        holds = held.get(proof, False)
        yield f"{'holds' if holds else 'FAILS'}  {name:<{WIDTH}} {said}" + ("" if holds else f"\n       {proof}")


def main() -> int:
    """Run all proofs, print all rows, publish the figures; 1 where one fails."""
    began = time.monotonic()
    different = {row.id: (row.embedded, row.proof) for row in ROWS}
    alike = {row.id: (row.both, row.proof) for row in ALIKE}
    held = prove(proof for _, proof in (different | alike).values())
    print(*told(different, held), "", "as on AWS:", *told(alike, held), sep="\n")
    if failing := [proof for _, proof in (different | alike).values() if not held.get(proof, False)]:
        print(f"repeat it: .venv/bin/pytest {failing[0]}", file=sys.stderr)
        return 1
    figures = {"differences": str(len(different)), "likenesses": str(len(alike)), "changed": "0"}
    ledger.publish(ledger.Result("fidelity", "make fidelity", "none", figures, time.monotonic() - began))
    return 0


if __name__ == "__main__":
    sys.exit(main())
