"""The command `treadle`: parse, ask, show; whatever goes wrong ends in a sentence and an exit status."""

import io
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from treadle import screen
from treadle.errors import CannotAsk, Failure, Misused
from treadle.said import Saying
from treadle.session import Session
from treadle.words import Mode, split

if TYPE_CHECKING:
    import typer

INTERRUPTED = 130
TRACE = "TREADLE_TRACE"
"""With it set, a fault of treadle's own shows where it happened."""


def main(words: Sequence[str] | None = None, session: Session | None = None) -> int:
    """Run one command; gives the exit status."""
    mode, rest = split(sys.argv[1:] if words is None else list(words))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that cannot show a letter gets its number
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run(rest, mode, session or Session())
    except BrokenPipeError:
        return _unheard()
    except KeyboardInterrupt:
        sys.stderr.write("\ntreadle: interrupted; what was asked for goes on\n")
        return INTERRUPTED


def _run(words: list[str], mode: Mode, session: Session) -> int:
    try:
        said = _answer(words, session)
        return said if isinstance(said, int) else screen.show(said, mode)
    except Failure as failure:
        return screen.show_failure(failure, mode)
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except Exception as error:  # the last door: people get a sentence, who looks for the fault its place
        if TRACE in os.environ:
            raise
        told = CannotAsk(f"something is wrong in treadle itself: {type(error).__name__}: {error}", f"set {TRACE}=1")
        return screen.show_failure(told, mode)


def _answer(words: list[str], session: Session) -> Saying | int:
    """What the command says, or the exit status where typer has said all (--help)."""
    import typer  # noqa: PLC0415

    from treadle.app import build  # noqa: PLC0415

    command = typer.main.get_command(build())
    try:
        said: Saying | int = command.main([*words, *_help(words)], "treadle", standalone_mode=False, obj=session)
    except typer.TyperException as error:
        raise misused(error) from None
    except typer.Abort:
        raise KeyboardInterrupt from None
    except SystemExit:  # typer met a pipe that is closed
        raise BrokenPipeError from None
    return said


def _help(words: list[str]) -> list[str]:
    """A line that names no command asks which there are."""
    from treadle.app import NOUNS  # noqa: PLC0415

    return ["--help"] if not words or (len(words) == 1 and words[0] in NOUNS.values()) else []


def misused(error: "typer.TyperException") -> Misused:
    """What typer says of the words, and where help is."""
    context = getattr(error, "ctx", None)
    said = error.format_message() if hasattr(error, "format_message") else str(error)
    return Misused(
        said.rstrip(".").removeprefix("Invalid value for "), f"{context.command_path if context else 'treadle'} --help"
    )


def _unheard() -> int:
    """Nobody reads any more, which is no error; what Python still holds goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main())
