"""Init: a first spec, drafted from a data file."""

from pathlib import Path
from typing import Annotated

import typer

from treadle.errors import Refused
from treadle.said import Said
from treadle.switches import Yes

SOMEBODY = "email:you@example.com"

File = Annotated[Path, typer.Argument(metavar="FILE", help="A .csv or .jsonl file, also .gz.", show_default=False)]
Target = Annotated[str, typer.Option(metavar="COLUMN", help="What to predict.", show_default=False)]
Name = Annotated[str, typer.Option("--model", metavar="MODEL", help="The model's name; else the file's.")]
Owner = Annotated[str, typer.Option(metavar="ADDRESS", help="Who is told, such as email:you@example.com.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="SPEC", help="Where to write it; else MODEL.yaml.")]


def init(
    file: File, target: Target = "", model: Name = "", owner: Owner = SOMEBODY, out: Out = None, yes: Yes = 0
) -> Said:
    """Draft a spec from the first rows of a data file."""
    name, text = drafted(file, target, model, owner)
    spec = out or Path(f"{name}.yaml")
    if spec.exists() and not yes:
        raise Refused(f"{spec} is there already", f"treadle init {file} --yes writes over it, --out SPEC elsewhere")
    spec.write_text(text, encoding="utf-8")
    choice = "read every line" if target else "choose task and target"
    said = f"{spec}: a draft of {name}, guessed from {file.name}; only you know what the columns mean"
    document = {"file": str(spec), "model": name, "target": target or None}
    return Said(document, (said,), (str(spec),), f"{choice}, then treadle check {spec} --data {file}")


def drafted(file: Path, target: str, model: str, owner: str) -> tuple[str, str]:
    """The model's name and the text of its draft; raises Misused."""
    from shared.domain.draft import draft, model_named  # noqa: PLC0415  # pydantic stands behind it
    from shared.domain.errors import RequestRefused  # noqa: PLC0415
    from treadle.samples import read  # noqa: PLC0415
    from treadle.specs import misused  # noqa: PLC0415

    name = model or model_named(file.name)
    try:
        return name, draft(read(file), name, owner, target)
    except RequestRefused as refused:
        raise misused(refused, "treadle init --help") from None
