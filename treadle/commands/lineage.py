"""Lineage: what stands behind one prediction, back to the file and the person; or all that a file has come to."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from treadle.lineage import reach, tree
from treadle.said import Said
from treadle.session import connect

if TYPE_CHECKING:
    from treadle.client import Json

HELP = "Of a prediction (prd_…) or an upload (up_…)."
Ident = Annotated[str, typer.Argument(metavar="ID", help=HELP, show_default=False)]


def lineage(context: typer.Context, ident: Ident) -> Said:
    """Walk from a prediction back to the upload and the person, or from an upload to all that it has come to."""
    from urllib.parse import quote  # noqa: PLC0415

    noun, told = NOUNS.get(ident.partition("_")[0], NOUNS["prd"])
    return told(connect(context).get(f"/{noun}/{quote(ident, safe='')}/lineage"))


def _prediction(one: "Json") -> Said:
    answered = one["prediction"]
    following = f"treadle versions show {answered['model']} {answered['version']}"
    return Said(one, tuple(tree(one)), (answered["id"],), following)


def _upload(one: "Json") -> Said:
    turns = one["runs"]
    following = f"treadle runs show {one['model']} {turns[-1]['id']}" if turns else f"treadle runs list {one['model']}"
    return Said(one, tuple(reach(one)), (one["upload"]["id"],), following)


NOUNS: Mapping[str, tuple[str, Callable[["Json"], Said]]] = {
    "prd": ("predictions", _prediction),
    "up": ("uploads", _upload),
}
"""How an id begins → the noun of its path, and how its lineage is told; what is no id is refused as a prediction's."""
