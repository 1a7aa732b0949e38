"""Checks in memory."""


class MemoryChecks:
    """The models that are to be looked at, in the order in which they were asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def ask(self, model: str) -> None:
        """Have the model looked at."""
        self.asked.append(model)
