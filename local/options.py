"""How one embedded cloud is to be run, and where it keeps what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from local.ports import FREE

CHECKOUT = Path(__file__).parents[1]


class Lifetime(Enum):
    """Whether a cloud ends with the process that started it."""

    PARENT = auto()
    OWN = auto()


class Start(Enum):
    """Whether what was registered and uploaded before is kept."""

    KEPT = auto()
    EMPTY = auto()


@dataclass(frozen=True, slots=True)
class Options:
    """`state` is where the cloud lives, `out` what synthesis wrote; `tempo` divides what templates say about time."""

    state: Path = Path(".treadle")
    out: Path = Path("cdk.out")
    tempo: float = 1.0
    port: int = FREE
    start: Start = Start.KEPT
    lifetime: Lifetime = Lifetime.PARENT

    @property
    def cloud(self) -> Path:
        """Everything that an empty start wipes."""
        return self.state / "cloud"

    @property
    def logs(self) -> Path:
        """A file a process, and a file a function."""
        return self.cloud / "logs"

    @property
    def local_json(self) -> Path:
        """The addresses, for whoever wants to use the cloud."""
        return self.state / "local.json"

    @property
    def fingerprint(self) -> Path:
        """Which synthesis is running."""
        return self.cloud / "fingerprint"
