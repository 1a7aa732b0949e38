"""Lineage: what stands behind one prediction, back to the file and the person."""

from typing import Annotated

import typer

from treadle.lineage import tree
from treadle.said import Said
from treadle.session import connect

Prediction = Annotated[str, typer.Argument(metavar="ID", help="The id that predict gave.", show_default=False)]


def lineage(context: typer.Context, prediction: Prediction) -> Said:
    """Walk from a prediction back to the upload and the person."""
    from urllib.parse import quote  # noqa: PLC0415

    one = connect(context).get(f"/predictions/{quote(prediction, safe='')}/lineage")
    answered = one["prediction"]
    following = f"treadle versions show {answered['model']} {answered['version']}"
    return Said(one, tuple(tree(one)), (answered["id"],), following)
