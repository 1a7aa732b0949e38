"""Stage: how environments differ; read from cdk.json, handed to constructors."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from aws_cdk import RemovalPolicy
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from stacks.layers.build import Architecture, Source


class Fate(StrEnum):
    """What becomes of tables, buckets and keys when their stack is destroyed; what is kept is protected, too."""

    KEEP = "keep"
    DISCARD = "discard"


HANDLERS = Path(__file__).parent.parent / "functions"


def _is_one(function: str) -> str:
    """The name of a function; raises ValueError, which pydantic tells with the place."""
    if not (HANDLERS / function / "handler.py").exists():
        raise ValueError(f"no function {function}: name a folder of functions/")
    return function


Function = Annotated[str, AfterValidator(_is_one)]


class Stage(BaseModel):
    """One deployment of Treadle: its name, who owns the platform, and how its functions are built."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    stage: str
    owners: tuple[str, ...]
    architecture: Architecture
    layers: Source
    state: Fate = Fate.KEEP
    trials_at_once: int = Field(default=10, ge=1, le=40)
    """How many trials of a search run at the same time; a new account runs few functions at once, an inline Map 40."""
    memory_mb: Mapping[Function, Annotated[int, Field(ge=128, le=10_240)]] = {}
    """Function → its memory in MB where the plan's is not enough; a new account allows 3,008."""
    disk_mb: Mapping[Function, Annotated[int, Field(ge=512, le=10_240)]] = {}
    """Function → its own disk (/tmp) in MB where the plan's is not enough."""

    @property
    def subscribers(self) -> tuple[tuple[str, str], ...]:
        """The owners that SNS reaches: protocol and endpoint. A Slack channel is no endpoint of SNS."""
        named = (owner.partition(":") for owner in self.owners)
        return tuple((protocol, endpoint) for protocol, _, endpoint in named if protocol in {"email", "sms"})

    @property
    def protected(self) -> bool:
        """Whether AWS refuses to delete what has state."""
        return self.state is Fate.KEEP

    @property
    def removal(self) -> RemovalPolicy:
        """What CloudFormation does with what has state."""
        return RemovalPolicy.RETAIN if self.protected else RemovalPolicy.DESTROY
