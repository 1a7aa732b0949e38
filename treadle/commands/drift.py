"""Drift: how much a model's rows and answers have moved, and how good the answers are."""

from typing import TYPE_CHECKING

import typer

from treadle import watched
from treadle.said import Said
from treadle.session import connect
from treadle.switches import Model

if TYPE_CHECKING:
    from treadle.client import Json


def drift(context: typer.Context, model: Model) -> Said:
    """Say what has drifted, each figure beside its threshold, and how good the answers are."""
    client = connect(context)
    seen, answers = client.get(f"/models/{model}/drift"), client.get(f"/models/{model}/performance")
    found = sorted(seen["findings"] + answers["findings"], key=lambda each: str(each["found_at"]), reverse=True)
    document = {"drift": seen, "performance": answers}
    ids = tuple(each["id"] for each in found)
    told = (*watched.findings(found), *watched.performance(answers), *watched.drift(seen), *watched.noted(answers))
    return Said(document, told or (f"{model}: no window has been looked at yet",), ids, _next(model, found))


def _next(model: str, found: "list[Json]") -> str:
    """The run that the newest finding caused; else what there is to look at."""
    caused = next((each["run"] for each in found if each["run"]), "")
    return f"treadle runs show {model} {caused}" if caused else f"treadle audit {model}"
