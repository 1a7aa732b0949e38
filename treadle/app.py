"""App: every command in the order in which people need them; the table below is the whole of it."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

import typer
from typer.core import TyperGroup

from treadle.commands.apply import apply
from treadle.commands.approve import approve
from treadle.commands.audit import audit
from treadle.commands.cancel import cancel
from treadle.commands.check import check
from treadle.commands.datasets import nouns as datasets
from treadle.commands.doctor import doctor
from treadle.commands.drift import drift
from treadle.commands.drill import drill
from treadle.commands.feedback import feedback
from treadle.commands.inbox import inbox
from treadle.commands.init import init
from treadle.commands.lineage import lineage
from treadle.commands.models import nouns as models
from treadle.commands.predict import predict
from treadle.commands.promote import promote
from treadle.commands.reject import reject
from treadle.commands.restore import restore
from treadle.commands.retire import retire
from treadle.commands.rollback import rollback
from treadle.commands.runs import nouns as runs
from treadle.commands.status import status
from treadle.commands.token import token
from treadle.commands.train import train
from treadle.commands.upload import upload
from treadle.commands.versions import nouns as versions

COMMANDS: Sequence[tuple[str, Callable[..., object] | typer.Typer]] = (
    ("begin", init),
    ("begin", check),
    ("begin", apply),
    ("begin", upload),
    ("begin", train),
    ("use", predict),
    ("use", feedback),
    ("decide", approve),
    ("decide", reject),
    ("decide", cancel),
    ("decide", promote),
    ("decide", retire),
    ("decide", restore),
    ("decide", rollback),
    ("decide", drill),
    ("watch", status),
    ("watch", drift),
    ("watch", audit),
    ("watch", lineage),
    ("watch", inbox),
    ("look up", models),
    ("look up", datasets),
    ("look up", runs),
    ("look up", versions),
    ("set up", token),
    ("set up", doctor),
)
"""Verbs of the wheel change things; nouns are plural and only read."""

NOUNS = {id(datasets): "datasets", id(models): "models", id(runs): "runs", id(versions): "versions"}

ANYWHERE = """Anywhere on the line: --json, one JSON document and nothing else; -q, the id alone.

Exit status: 0 done, 1 the platform said no, 2 the words or the spec are off,
3 could not ask, 4 still going at the time-out, 130 interrupted."""


class Panels(TyperGroup):
    """Help that lists the commands under their panels."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  # click's signature
        """A section a panel, in the order of the table."""
        known = [(panel, name, self.commands[name].get_short_help_str(100)) for panel, name in _named()]
        for panel, members in groupby(known, key=lambda each: each[0]):
            with formatter.section(panel):
                formatter.write_dl([(name, said) for _, name, said in members])


def _named() -> Sequence[tuple[str, str]]:
    return [(panel, NOUNS.get(id(one)) or str(getattr(one, "__name__", ""))) for panel, one in COMMANDS]


def build() -> typer.Typer:
    """The command line; plain help comes up in half the time of a coloured one, and reads the same in a pipe."""
    app = typer.Typer(
        name="treadle",
        cls=Panels,
        help="Press once (upload a data set), and the wheel turns: data, train, evaluate, deploy, predict.",
        epilog=ANYWHERE,
        rich_markup_mode=None,
        add_completion=False,
        invoke_without_command=True,
        pretty_exceptions_enable=False,
    )
    for (_, name), (_, one) in zip(_named(), COMMANDS, strict=True):
        if isinstance(one, typer.Typer):
            app.add_typer(one, name=name)
        else:
            app.command(name)(one)
    return app
