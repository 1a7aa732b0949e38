"""Alarms: judged each period, their state set through CloudWatch's API, their actions taken once a transition."""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from local.clockwork.evaluation import Judgement, State, judge
from local.clockwork.insights import Contributor, contributors, is_query
from local.clockwork.series import Series
from local.deployment import Deployment
from local.telemetry import Alarm, CompositeAlarm

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient

_log = logging.getLogger(__name__)
_LATENESS_S = 1.5  # how long a value may take from a worker's print to the series
_EVERY_S = (0.5, 10.0)
_TERM = re.compile(r'(ALARM|OK|INSUFFICIENT_DATA)\("?([^")]+)"?\)')

Publish = Callable[[str, str, str], None]
"""Publishes to a topic: ARN, subject, message."""


class Alarms:
    """All alarms of a deployment, with the states they are in."""

    def __init__(self, deployment: Deployment, series: Series, cloudwatch: CloudWatchClient, publish: Publish) -> None:
        self._deployment = deployment
        self._series = series
        self._cloudwatch = cloudwatch
        self._publish = publish
        self._states: dict[str, State] = {}

    def at_tempo(self, tempo: float) -> Callable[[], float]:
        """The step of this clockwork, at a tempo."""
        periods = [query.period_s for alarm in self._deployment.alarms for query in alarm.queries if query.period_s]
        pause_s = min(max(min(periods, default=60) / tempo / 2, _EVERY_S[0]), _EVERY_S[1])

        def step() -> float:
            self.judge_all(time.time() - _LATENESS_S, tempo)
            return pause_s

        return step

    def judge_all(self, now: float, tempo: float) -> None:
        """Judge the periods that are over at an instant (epoch seconds)."""
        for alarm in self._deployment.alarms:
            if is_query(alarm.queries[0].expression):
                self._judge_each(alarm, now, tempo)
            else:
                self._enter(alarm, judge(alarm, self._series, now, tempo, self.state(alarm.name)))
        for composite in self._deployment.composite_alarms:
            state = State.ALARM if holds(composite.rule, self.state) else State.OK
            self._enter(composite, Judgement(state, f"{composite.rule} is {str(state is State.ALARM).lower()}"))

    def _judge_each(self, alarm: Alarm, now: float, tempo: float) -> None:
        """Each contributor has a state and takes the actions; the alarm itself rings while one of them does."""
        rings = {}
        for one in contributors(alarm, self._series.metrics()):
            before = self._states.get(one.name, State.OK)  # a series is there only when it has data
            judgement = judge(one.alarm, self._series, now, tempo, before)
            after = State.ALARM if judgement.state is State.ALARM else State.OK
            rings[one.name] = after is State.ALARM
            if after is not before:
                self._states[one.name] = after
                self._tell(one.alarm, before, replace(judgement, state=after), one)
        reason = f"{sum(rings.values())} out of {len(rings)} time series evaluated to ALARM"
        self._keep(alarm, Judgement(State.ALARM if any(rings.values()) else State.OK, reason))

    def state(self, name: str) -> State:
        """The state that an alarm is in."""
        return self._states.get(name, State.INSUFFICIENT_DATA)

    def _enter(self, alarm: Alarm | CompositeAlarm, judgement: Judgement) -> None:
        before = self.state(alarm.name)
        if judgement.state is not before:
            self._keep(alarm, judgement)
            self._tell(alarm, before, judgement)

    def _keep(self, alarm: Alarm | CompositeAlarm, judgement: Judgement) -> None:
        """Set the state through CloudWatch's API, where it has changed."""
        if judgement.state is not self.state(alarm.name):
            self._cloudwatch.set_alarm_state(
                AlarmName=alarm.name,
                StateValue=judgement.state.value,
                StateReason=judgement.reason,
                StateReasonData="{}",
            )
            self._states[alarm.name] = judgement.state

    def _tell(
        self, alarm: Alarm | CompositeAlarm, before: State, judgement: Judgement, of: Contributor | None = None
    ) -> None:
        """Take the actions of a transition, of the alarm as a whole or of one contributor."""
        named = of.name if of else alarm.name
        _log.info("alarm %s: %s → %s (%s)", named, before, judgement.state, judgement.reason)
        about = {"AlarmContributorId": of.name, "AlarmContributorAttributes": of.attributes} if of else {}
        for arn in _actions(alarm, judgement.state):
            if ":sns:" in arn:
                subject = f'{judgement.state}: "{named}" in {self._deployment.region}'
                self._publish(arn, subject[:100], json.dumps(self._notice(alarm, before, judgement) | about))

    def _notice(self, alarm: Alarm | CompositeAlarm, before: State, judgement: Judgement) -> dict[str, object]:
        """What CloudWatch sends to a topic."""
        return {
            "AlarmName": alarm.name,
            "AlarmArn": alarm.arn,
            "AWSAccountId": self._deployment.account,
            "Region": self._deployment.region,
            "OldStateValue": before,
            "NewStateValue": judgement.state,
            "NewStateReason": judgement.reason,
            "StateChangeTime": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.000+0000"),
        }


def holds(rule: str, state: Callable[[str], State]) -> bool:
    """Whether a composite alarm's rule, `ALARM("a") AND NOT OK("b")`, is true."""
    tokens = _TERM.sub(lambda term: str(state(term[2].strip().split(":alarm:")[-1]) == term[1]), rule)
    return _any_of(re.findall(r"[()]|\w+", tokens))


def _any_of(tokens: list[str]) -> bool:
    found = _all_of(tokens)
    while tokens and tokens[0] == "OR":
        tokens.pop(0)
        found = _all_of(tokens) or found
    return found


def _all_of(tokens: list[str]) -> bool:
    found = _one(tokens)
    while tokens and tokens[0] == "AND":
        tokens.pop(0)
        found = _one(tokens) and found
    return found


def _one(tokens: list[str]) -> bool:
    token = tokens.pop(0)
    if token == "NOT":
        return not _one(tokens)
    if token == "(":
        found = _any_of(tokens)
        tokens.pop(0)
        return found
    return token.upper() == "TRUE"


def _actions(alarm: Alarm | CompositeAlarm, state: State) -> Sequence[str]:
    if state is State.ALARM:
        return alarm.alarm_actions
    if state is State.OK:
        return alarm.ok_actions
    return alarm.insufficient_data_actions if isinstance(alarm, Alarm) else ()
