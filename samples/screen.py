"""How a story is told: one live table on a terminal, one plain line an event in a pipe, and the same last screen."""

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from samples.story import Played, Step

ROWS_AHEAD = 4
"""How many of the steps to come are seen on a terminal that is too low for all."""


class Screen(Protocol):
    """What the demo says to whoever watches."""

    played: list[Played]

    def __enter__(self) -> Self:
        """Begin to draw."""
        ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Draw no more."""
        ...

    def begin(self, step: Step) -> None:
        """A step begins."""
        ...

    def tell(self, news: str) -> None:
        """How the step goes."""
        ...

    def done(self, played: Played) -> None:
        """A step was verified."""
        ...

    def failed(self, step: Step, why: str) -> None:
        """A step was not."""
        ...


def chosen(story: Sequence[Step]) -> Screen:
    """A table for eyes, lines for pipes."""
    return Picture(story) if sys.stdout.isatty() and os.environ.get("TERM") != "dumb" else Lines()


class Lines:
    """One plain line an event; no colour, nothing rewritten."""

    def __init__(self) -> None:
        self.played: list[Played] = []
        self._news = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        sys.stdout.flush()

    def begin(self, step: Step) -> None:
        """Say what begins."""
        print(f"{step.verb}: {step.promise} …", flush=True)

    def tell(self, news: str) -> None:
        """Say how it goes, once."""
        if news != self._news:
            self._news = news
            print(f"  {news}", flush=True)

    def done(self, played: Played) -> None:
        """Say what came of it."""
        self.played.append(played)
        print(f"{played.verb}: {played.outcome} ({played.seconds:.1f} s)", flush=True)

    def failed(self, step: Step, why: str) -> None:
        """Say which step failed, and why."""
        print(f"{step.verb} FAILED: {why}", flush=True)


class Picture:
    """One table, a row a verb, redrawn eight times a second."""

    def __init__(self, story: Sequence[Step]) -> None:
        self.played: list[Played] = []
        self._story = story
        self._news = ""
        self._failure = ""
        self._began = time.monotonic()
        self._console = Console(highlight=False)
        self._live = Live(get_renderable=self._table, refresh_per_second=8, console=self._console)

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._live.stop()

    def begin(self, step: Step) -> None:
        """The row says what it promises."""
        self._news, self._began = step.promise, time.monotonic()

    def tell(self, news: str) -> None:
        """The row says how it goes."""
        self._news = news

    def done(self, played: Played) -> None:
        """The row says what came of it."""
        self.played.append(played)

    def failed(self, step: Step, why: str) -> None:
        """The row says why it failed."""
        self._failure = f"{step.verb} failed: {why}"

    def _table(self) -> Table:
        """As many rows as the terminal is high, the one that goes on among them; a row is a line."""
        table = Table(box=None, show_header=False, padding=(0, 1), expand=True)
        table.add_column(width=1)
        table.add_column(width=9)
        table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
        table.add_column(width=7, justify="right")
        height = self._console.size.height - 1
        first = max(0, min(len(self.played) - height + ROWS_AHEAD, len(self._story) - height))
        for place in range(first, min(first + height, len(self._story))):
            table.add_row(*self._row(place, self._story[place]))
        return table

    def _row(self, place: int, step: Step) -> tuple[Text, Text, Text, Text]:
        if place < len(self.played):
            done = self.played[place]
            return Text("✓", "green"), Text(step.verb, "bold"), Text(done.outcome), Text(f"{done.seconds:.1f} s", "dim")
        if place > len(self.played):
            return Text("·", "dim"), Text(step.verb, "dim"), Text(step.promise, "dim"), Text("")
        if self._failure:
            return Text("✗", "red"), Text(step.verb, "bold red"), Text(self._failure, "red"), Text("")
        seconds = time.monotonic() - self._began
        return Text("◐", "cyan"), Text(step.verb, "bold cyan"), Text(self._news), Text(f"{seconds:.0f} s", "cyan")


def last(played: Sequence[Played], api_url: str, mailbox_url: str, settings: Path) -> str:
    """The last screen: what happened, where it is, and what to try next."""
    rows = "\n".join(f"  {each.verb:9} {each.outcome}  ({each.seconds:.1f} s)" for each in played)
    return f"""
What happened, in {sum(each.seconds for each in played):.0f} s:
{rows}

The API is at {api_url}, the mailbox at {mailbox_url}.

Try, in another terminal:
  export TREADLE_PROFILE={settings}
  .venv/bin/treadle predict flights carrier=UA origin=EWR dest=SFO distance=2565 time_hour=2013-07-03T18:00:00-04:00
  .venv/bin/treadle drift flights
  .venv/bin/treadle versions list flights
  .venv/bin/treadle inbox
"""
