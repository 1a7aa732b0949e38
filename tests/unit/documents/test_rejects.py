"""Rejected cells as a file that any reader of CSV gives back unchanged."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from shared.documents.rejects import rejects
from shared.domain.dataset import Reject

text = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
found = st.builds(Reject, line=st.integers(2, 10**6), column=text, got=text, expected=text)


def test_the_columns_are_those_of_the_contract() -> None:
    written = rejects([Reject(5, "distance", 'far, "very"', "a number")])
    assert written == 'line,column,got,expected\r\n5,distance,"far, ""very""",a number\r\n'


@given(st.lists(found, max_size=5))
def test_what_is_written_is_what_is_read(cells: list[Reject]) -> None:
    _, *rows = csv.reader(io.StringIO(rejects(cells), newline=""))
    assert [Reject(int(line), *rest) for line, *rest in rows] == cells
