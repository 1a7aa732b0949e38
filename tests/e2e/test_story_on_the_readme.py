"""The README shows the demo's last screen; it is stale when the story came out otherwise."""

import re
from collections.abc import Sequence
from pathlib import Path

from samples import screen
from samples.story import Played

README = Path(__file__).parents[2] / "README.md"
SETTINGS = Path(".treadle/demo/local.json")


def like(text: str) -> str:
    """The text without its figures, which differ from machine to machine."""
    return re.sub(r"\d[\d,.]*", "0", text).strip()


def test_the_readme_shows_the_last_screen_as_it_is_today(told: Sequence[Played]) -> None:
    shown = re.search(r"<!-- last screen -->\n```text\n(.*?)```", README.read_text(), re.DOTALL)
    assert shown is not None
    api = "http://127.0.0.1:1"
    assert like(shown[1]) == like(screen.last(told, api, f"{api}/mailbox", SETTINGS))
