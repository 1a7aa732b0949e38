"""JSON rows → a batch: strict about types, every bad cell named by its pointer."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from shared.domain.errors import Problem, RowsRefused
from shared.domain.signature import Input, Signature
from shared.engines.scoring.batch import Batch, tensor_of
from shared.engines.scoring.cells import CellRefused, read

Row = Mapping[str, object]

_NAMED = 100
"""So many problems are named one by one; the rest are only counted."""


def encode(instances: Sequence[Row], signature: Signature) -> Batch:
    """(n) JSON rows → a batch of n rows. Raises RowsRefused with a pointer a cell, such as /instances/0/carrier."""
    _refuse(_shapeless(instances))
    strangers = _strangers(instances, signature)
    problems = [_stranger(place, name, signature) for place, name in strangers[:_NAMED]]
    columns = [(column, _cells(instances, column, problems)) for column in signature.inputs]
    _refuse(problems, unnamed=len(strangers[_NAMED:]))
    return {column.name: tensor_of(cells, column.type) for column, cells in columns if column.feature}


def _refuse(problems: Sequence[Problem], unnamed: int = 0) -> None:
    if problems:
        count = len(problems) + unnamed
        raise RowsRefused(f"{count} of what was sent does not fit the model's signature", *problems[:_NAMED])


def _cells(instances: Sequence[Row], column: Input, problems: list[Problem]) -> list[object]:
    """The column's cells; what is wrong with one is added to the problems."""
    cells: list[object] = []
    name = column.name
    for place, row in enumerate(instances):
        try:
            cells.append(read(row.get(name), column))
        except CellRefused as refused:
            pointer = f"/instances/{place}/{name}"
            problems.append(Problem(pointer, refused.detail, expected=refused.expected, fix=refused.fix))
    return cells


def _shapeless(instances: Sequence[object]) -> list[Problem]:
    return [
        Problem(f"/instances/{place}", "is not a row", expected="a JSON object of columns")
        for place, row in enumerate(instances)
        if not isinstance(row, Mapping)
    ]


def _strangers(instances: Sequence[Row], signature: Signature) -> list[tuple[int, str]]:
    """Which row holds which column that the model does not have."""
    known = {column.name for column in signature.inputs}
    return [
        (place, name)
        for place, row in enumerate(instances)
        if not row.keys() <= known
        for name in row
        if name not in known
    ]


def _stranger(place: int, name: str, signature: Signature) -> Problem:
    escaped = name.replace("~", "~0").replace("/", "~1")
    near = get_close_matches(name[:64], [column.name for column in signature.inputs], n=1)
    fix = f"did you mean {near[0]}?" if near else "leave it out"
    return Problem(f"/instances/{place}/{escaped}"[:99], "is no column of this model", fix=fix)
