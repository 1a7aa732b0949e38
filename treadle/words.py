"""Words that may stand anywhere on the line: --json, -q and --quiet."""

from collections.abc import Sequence
from enum import Enum


class Mode(Enum):
    """For whom a command speaks: people, programs, or scripts that want the id alone."""

    PEOPLE = "people"
    JSON = "json"
    IDS = "ids"


MODES = {"--json": Mode.JSON, "-q": Mode.IDS, "--quiet": Mode.IDS}


def split(words: Sequence[str]) -> tuple[Mode, list[str]]:
    """The mode that the line asks for, and the rest of it; after -- nothing is looked at. JSON beats ids."""
    end = words.index("--") if "--" in words else len(words)
    asked = {MODES[word] for word in words[:end] if word in MODES}
    mode = next((mode for mode in (Mode.JSON, Mode.IDS) if mode in asked), Mode.PEOPLE)
    return mode, [word for word in words[:end] if word not in MODES] + list(words[end:])
