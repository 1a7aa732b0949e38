"""Stage: how environments differ; read from cdk.json, handed to constructors."""

from enum import StrEnum

from aws_cdk import RemovalPolicy
from pydantic import BaseModel, ConfigDict, Field

from stacks.layers.build import Architecture, Source


class Fate(StrEnum):
    """What becomes of tables, buckets and keys when their stack is destroyed; what is kept is protected, too."""

    KEEP = "keep"
    DISCARD = "discard"


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
