"""Tasks: executions that wait for somebody's decision, each under the token that its state was given."""

from collections.abc import Callable, Mapping
from typing import Protocol

from shared.domain.approval import Approval, ApprovalStatus


class Tasks(Protocol):
    """A token is good for one answer; one that nobody waits under any more is a success."""

    def succeed(self, token: str) -> None:
        """Let the execution go on; raises Unavailable."""
        ...

    def fail(self, token: str, error: str, cause: str) -> None:
        """Let the execution go to the end that this error leads to; raises Unavailable."""
        ...


def tell(tasks: Tasks, decided: Approval) -> None:
    """Tell the execution what the registry has decided before, as often as it takes."""
    TOLD[decided.status](tasks, decided)


def _goes_on(tasks: Tasks, decided: Approval) -> None:
    tasks.succeed(decided.token)


def _refused(tasks: Tasks, decided: Approval) -> None:
    tasks.fail(decided.token, "NotApproved", decided.reason.detail)


def _over(tasks: Tasks, decided: Approval) -> None:
    tasks.fail(decided.token, "Superseded", decided.reason.detail)


TOLD: Mapping[ApprovalStatus, Callable[[Tasks, Approval], None]] = {
    ApprovalStatus.APPROVED: _goes_on,
    ApprovalStatus.REJECTED: _refused,
    ApprovalStatus.EXPIRED: _over,
    ApprovalStatus.WITHDRAWN: _over,
}
"""What was decided → what the execution is told; of one that is still asked there is nothing to tell."""
