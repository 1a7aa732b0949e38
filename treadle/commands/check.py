"""Check: whether a spec says what it means, here and without any platform."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from treadle import files
from treadle.errors import Refused
from treadle.said import Said, facts

if TYPE_CHECKING:
    from shared.domain.spec import Spec

SpecFile = Annotated[Path, typer.Argument(metavar="SPEC", help="The spec, in YAML or JSON.", show_default=False)]
DataFile = Annotated[
    Path | None,
    typer.Option("--data", metavar="FILE", help="A .csv or .jsonl file to hold against it.", show_default=False),
]


def check(spec: SpecFile, data: DataFile = None) -> Said:
    """Say all that is wrong with a spec, and what is seldom meant, offline; --data holds a file against it."""
    from treadle.specs import read, warnings  # noqa: PLC0415  # pydantic stands behind it

    found = read(files.text(spec), str(spec))
    looked = compared(found, data, spec) if data else ""
    target = found.data.target
    shown = facts(
        model=found.model,
        about=found.about,
        predicts=f"{target.column}{f' above {target.above:g}' if target.above is not None else ''}, {found.task}",
        learns_from=", ".join((*found.data.features, *found.data.derive)),
        searches=f"{found.train.search.trials} trials of {' and '.join(found.train.candidates)}",
        gates=", ".join(found.evaluate.gates) or "none",
        tells=", ".join(found.notify.owners),
    )
    warned = warnings(found)
    document = {
        "file": str(spec),
        "model": found.model,
        "task": str(found.task),
        "data": looked or None,
        "warnings": [cell.document for cell in warned],
    }
    told = (*((looked,) if looked else ()), *(f"warning: {cell.sentence}" for cell in warned))
    text = (f"{spec} is in order", shown, *told)
    return Said(document, text, (found.model,), f"treadle apply {spec}")


def compared(spec: "Spec", data: Path, file: Path) -> str:
    """A sentence about the file's first rows; raises Refused where they are not what the spec says."""
    from treadle import samples  # noqa: PLC0415

    seen = samples.read(data)
    if strangers := tuple(samples.strangers(spec, seen)):
        raise Refused(f"{data} has other columns than {file}", "mend the spec, then check it again", *strangers)
    bad, cells = samples.bad_cells(spec, seen)
    allowed = spec.data.checks.rejected.max
    said = f"{data}: {bad:,} of the first {seen.rows:,} rows would be rejected"
    if seen.rows and bad / seen.rows > allowed:
        raise Refused(f"{said}, and the spec allows {100 * allowed:g}%", "mend the file or the spec", *cells)
    return said
