"""A call of Lambda that nobody answers is Lambda.SdkClientException on AWS, which machines try again. moto takes it for
a failure of the task, so that an execution would fail when the front ends before moto does."""

from __future__ import annotations

from collections.abc import Callable

from botocore.exceptions import ConnectionError as NotConnected
from botocore.exceptions import HTTPClientError
from moto.stepfunctions.parser.api import HistoryEventType, LambdaFunctionFailedEventDetails
from moto.stepfunctions.parser.asl.component.common.error_name.custom_error_name import CustomErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import FailureEvent
from moto.stepfunctions.parser.asl.component.state.exec.state_task.state_task_lambda import StateTaskLambda
from moto.stepfunctions.parser.asl.eval.environment import Environment
from moto.stepfunctions.parser.asl.eval.event.event_detail import EventDetails

NAME = "Lambda.SdkClientException"


def apply() -> None:
    """Name the error as AWS does."""
    from_error: Callable[[StateTaskLambda, Environment, Exception], FailureEvent] = StateTaskLambda._from_error  # noqa: SLF001  # moto has no other place

    def named(self: StateTaskLambda, env: Environment, ex: Exception) -> FailureEvent:
        if not isinstance(ex, NotConnected | HTTPClientError):
            return from_error(self, env, ex)
        return FailureEvent(
            env=env,
            error_name=CustomErrorName(NAME),
            event_type=HistoryEventType.LambdaFunctionFailed,
            event_details=EventDetails(
                lambdaFunctionFailedEventDetails=LambdaFunctionFailedEventDetails(error=NAME, cause=str(ex))
            ),
        )

    StateTaskLambda._from_error = named  # noqa: SLF001
