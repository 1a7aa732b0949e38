"""Tasks on Step Functions: the answer to a state that waits for its task token."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from shared.adapters.clients import answering, client, code_of

if TYPE_CHECKING:
    from mypy_boto3_stepfunctions import SFNClient

NOBODY_WAITS = frozenset({"InvalidToken", "TaskDoesNotExist", "TaskTimedOut"})
"""The state has had its answer, has timed out, or its execution is over: what was decided is in the registry."""

LONGEST_ERROR, LONGEST_CAUSE = 256, 32_768


class StepFunctionsTasks:
    """Of every machine that this function may answer."""

    def __init__(self) -> None:
        self._client: SFNClient = client("stepfunctions")

    def succeed(self, token: str) -> None:
        """Let the execution go on; raises Unavailable."""
        with _answered():
            self._client.send_task_success(taskToken=token, output="{}")

    def fail(self, token: str, error: str, cause: str) -> None:
        """Let the execution go to the end that this error leads to; raises Unavailable."""
        with _answered():
            self._client.send_task_failure(taskToken=token, error=error[:LONGEST_ERROR], cause=cause[:LONGEST_CAUSE])


@contextmanager
def _answered() -> Iterator[None]:
    """A token under which nobody waits is a success."""
    try:
        with answering("the wheel"):
            yield
    except ClientError as refused:
        if code_of(refused) not in NOBODY_WAITS:
            raise
