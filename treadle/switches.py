"""Switches and settings that several commands take, each said once."""

from typing import Annotated

import typer

from treadle.errors import Misused

Model = Annotated[str, typer.Argument(metavar="MODEL", help="The model's name.", show_default=False)]
Version = Annotated[int, typer.Argument(metavar="VERSION", min=1, help="Its number.", show_default=False)]
Reason = Annotated[str, typer.Option("--reason", "-m", metavar="WHY", help="Why; it is kept with the audit.")]
# Counted, so that no parameter is a boolean: 0 is no.
Wait = Annotated[int, typer.Option("--wait", count=True, help="Stay until it is over.", show_default=False)]
DryRun = Annotated[int, typer.Option("--dry-run", count=True, help="Say what would happen.", show_default=False)]
Yes = Annotated[int, typer.Option("--yes", count=True, help="Do it without being asked.", show_default=False)]
Timeout = Annotated[str, typer.Option("--timeout", metavar="30m", help="How long to stay (s, m, h).")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=10_000, metavar="N", help="How many, newest first.")]

LONG = "30m"
"""How long --wait stays where nothing else is said."""


def reasoned(reason: str) -> str:
    """The reason, asked for on a terminal; raises Misused where there is none."""
    import sys  # noqa: PLC0415

    if not reason.strip() and sys.stdin.isatty() and sys.stderr.isatty():
        reason = typer.prompt("Why? (kept with the audit)", err=True)
    if not reason.strip():
        raise Misused("a decision needs its reason", "add -m and why, such as -m 'new data came'")
    return reason
