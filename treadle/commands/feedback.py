"""Feedback: what became of predictions, from a file."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from treadle import outcomes
from treadle.errors import Misused, Refused
from treadle.progress import bar
from treadle.said import Said, Table
from treadle.session import connect
from treadle.switches import Model

if TYPE_CHECKING:
    from treadle.client import Client, Json

File = Annotated[
    Path, typer.Argument(metavar="FILE", help="A .csv or .jsonl file of id and actual.", show_default=False)
]
A_CALL = 1000
"""Outcomes that go in one call."""

NAMED = 20
"""So many ids are named one by one."""


def feedback(context: typer.Context, model: Model, file: File) -> Said:
    """Tell what became of predictions."""
    client = connect(context)
    given = outcomes.read(file, _task(client, model))
    answer = _told(client, model, given, file)
    if not any(answer.values()):
        raise Misused(f"{file} has no outcome", "name a file with a header and rows of id and actual")
    unknown, duplicate = answer["unknown"], answer["duplicate"]
    counts = f"{answer['accepted']:,} accepted, {len(unknown):,} unknown, {len(duplicate):,} twice in one call"
    named = (Table(("unknown",), tuple((ident,) for ident in unknown[:NAMED])),) if unknown else ()
    following = f"treadle drift {model}" if not unknown else "send the ids as predict gave them"
    return Said(answer, (f"{model}: {counts}", *named), tuple(unknown), following, status=int(bool(unknown)))


def _told(client: "Client", model: str, given: "Iterator[Json]", file: Path) -> "Json":
    """What the platform says of all of them together."""
    answer: Json = {"accepted": 0, "unknown": [], "duplicate": []}
    with bar(file.name, total=0) as progress:
        while call := list(islice(given, A_CALL)):
            part = client.feedback(model, call)
            answer = {name: answer[name] + part[name] for name in answer}
            progress(len(call))
    return answer


def _task(client: "Client", model: str) -> str:
    """Whether outcomes are classes by name; raises Refused where nothing has ever answered."""
    one = client.get(f"/models/{model}")
    if not one["newest_version"]:
        raise Refused(f"{model} has no version yet", f"treadle runs list {model}")
    return str(one["task"])
