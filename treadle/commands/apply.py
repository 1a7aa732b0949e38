"""Apply: a spec becomes the model's next one."""

from pathlib import Path
from typing import Annotated

import typer

from treadle import files
from treadle.receipts import sentence
from treadle.said import Said
from treadle.session import connect
from treadle.switches import DryRun

SpecFile = Annotated[Path, typer.Argument(metavar="SPEC", help="The spec, in YAML or JSON.", show_default=False)]
DIFFERENCES = {
    "new": "a new model would begin with it",
    "changed": "it would become spec {number}",
    "none": "it is spec {number} already; nothing would change",
}


def apply(context: typer.Context, spec: SpecFile, dry_run: DryRun = 0) -> Said:
    """Make a spec the model's next one; the same content twice is one."""
    from treadle.specs import read  # noqa: PLC0415  # pydantic stands behind it

    text = files.text(spec)
    model = read(text, str(spec)).model
    client = connect(context)
    if dry_run:
        would = client.put_spec(model, text, dry_run="true")
        said = DIFFERENCES[would["difference"]].format(number=would["number"])
        return Said(would, (f"{model}: {said}",), (model,), f"treadle apply {spec}")
    receipt = client.put_spec(model, text)
    number = client.get(f"/models/{model}")["spec"]
    return Said(receipt, (f"{sentence(receipt)}; it is number {number}",), (model,), f"treadle upload {model} FILE")
