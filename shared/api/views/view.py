"""What every view is: frozen, and built when the first one is shown."""

from pydantic import BaseModel, ConfigDict


class View(BaseModel):
    """What a caller sees of a noun: instants end in _at, numbers carry their unit, enums are lower case."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)
