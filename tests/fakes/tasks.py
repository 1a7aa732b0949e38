"""Tasks in memory: what each token was answered with; the first answer counts."""


class MemoryTasks:
    """Answers by token: "" lets the execution go on, else the error and its cause."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[str, str]] = {}

    def succeed(self, token: str) -> None:
        """Let the execution go on."""
        self.answers.setdefault(token, ("", ""))

    def fail(self, token: str, error: str, cause: str) -> None:
        """Let the execution go to the end that this error leads to."""
        self.answers.setdefault(token, (error, cause))
