"""The page that says how the embedded cloud differs from AWS."""

import ast

from local.differences_page import PAGE, ROWS, page
from local.engine_differences import ALIKE

CHECKOUT = PAGE.parents[1]
PROOFS = [row.proof for row in ROWS] + [row.proof for row in ALIKE]
IDS = [row.id for row in ROWS] + [row.id for row in ALIKE]


def test_the_page_is_what_the_rows_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew with `python -m local.differences_page`"


def test_every_row_is_proved_by_a_test_that_exists() -> None:
    def exists(proof: str) -> bool:
        file, _, name = proof.partition("::")
        path = CHECKOUT / file
        if not path.is_file():
            return False
        defined = ast.parse(path.read_text(encoding="utf-8")).body
        return any(isinstance(node, ast.FunctionDef) and node.name == name for node in defined)

    assert [proof for proof in PROOFS if not exists(proof)] == []


def test_no_difference_is_told_twice() -> None:
    assert len(set(IDS)) == len(IDS)
