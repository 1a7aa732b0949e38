"""Checks in memory."""


class MemoryChecks:
    """The models that are to be looked at, in the order in which they were asked for; a look begins as one is taken."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def waiting(self) -> int:
        """How many looks nobody has begun yet."""
        return len(self.asked)

    def ask(self, model: str) -> None:
        """Have the model looked at."""
        self.asked.append(model)
