"""Monitoring: captured objects are counted and checked, the outbox becomes events and letters, alarms ring.

And sweep, which sees to all that any queue has lost.
"""

import json
from collections.abc import Sequence
from dataclasses import replace

from aws_cdk import Duration, Stack
from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from stacks import plans
from stacks.alarms import WATCHED, dead_letter_alarm, model_alarm, server_error_alarm
from stacks.capture import PREFIX
from stacks.dashboard import dashboard
from stacks.platform_function import platform_function
from stacks.queues import TRIES, dead_letters, feed, queue
from stacks.resources import Resources
from stacks.rules import created, every, on_event
from stacks.stage import Stage

OUTBOX = (("SK", "AUDIT#"), ("SK", "FINDING#"), ("PK", "STRAY"))
"""What of the table is told: decisions, findings, and uploads for no model. Key → what it begins with."""

FOLDS_AT_ONCE = 2
"""More would meet in the same hour of the same model, and do their work again."""

MONITORS_AT_ONCE = 10


class Monitoring(Stack):
    """Captures → queue → fold; every five minutes tick → queue → monitor; table stream → notify; alarms over all.

    Every hour sweep looks for what fell through.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        stage: Stage,
        resources: Resources,
        api: gateway.HttpApi,
        functions: Sequence[lambda_.Function],
        dead: Sequence[sqs.Queue],
        uploads: sqs.Queue,
    ) -> None:
        super().__init__(scope, name, description="Treadle: profiles, checks, events, letters, alarms")
        key = kms.Key.from_key_arn(self, "Key", resources.key.key_arn)
        lost_captures, lost_ticks, lost_checks, lost_sweeps, lost_outbox = lost = [
            dead_letters(self, of, key) for of in ("Captures", "Tick", "Checks", "Sweep", "Outbox")
        ]
        captures = queue(self, "Captures", key, lost_captures, plans.COUNT_TIMEOUT_S)
        checks = queue(self, "Checks", key, lost_checks, plans.COUNT_TIMEOUT_S)
        known = replace(
            resources, uploads_arn=uploads.queue_arn, captures_arn=captures.queue_arn, checks_arn=checks.queue_arn
        )
        counted = (plans.fold(known), plans.monitor(known), plans.notify(known, stage))
        fold, monitor, notify = (platform_function(self, plan, stage, known) for plan in counted)
        tick = platform_function(self, plans.tick(known, checks.queue_url), stage, known, lost_ticks)
        planned = plans.sweep(known, uploads.queue_url, captures.queue_url)
        sweep = platform_function(self, planned, stage, known, lost_sweeps)

        on_event(self, "Captured", created(resources.captures, f"{PREFIX}*"), captures, lost_captures)
        feed(fold, captures, batch_size=10, at_once=FOLDS_AT_ONCE)
        every(self, "FiveMinutes", Duration.minutes(5), tick, lost_ticks)
        feed(monitor, checks, batch_size=1, at_once=MONITORS_AT_ONCE)
        every(self, "Hourly", Duration.hours(1), sweep, lost_sweeps)
        self._outbox(notify, resources, lost_outbox)
        alarms = self._alarms(resources, api, (*dead, *lost))
        dashboard(self, (*functions, fold, tick, monitor, notify, sweep), alarms)

    def _alarms(
        self, resources: Resources, api: gateway.HttpApi, dead: Sequence[sqs.Queue]
    ) -> Sequence[cloudwatch.Alarm]:
        """All of them tell the platform's owners."""
        alarms = [dead_letter_alarm(self, queue) for queue in dead]
        alarms += [model_alarm(self, watch) for watch in WATCHED]
        alarms.append(server_error_alarm(self, api))
        for alarm in alarms:
            alarm.add_alarm_action(actions.SnsAction(resources.alarms))
        return alarms

    def _outbox(self, notify: lambda_.Function, resources: Resources, lost: sqs.Queue) -> None:
        """One record a call, in order; what cannot be told in five tries is put aside, and the next one is told."""
        resources.table.grant_stream_read(notify)
        notify.add_to_role_policy(iam.PolicyStatement(actions=["sqs:SendMessage"], resources=[lost.queue_arn]))
        source = lambda_.CfnEventSourceMapping
        aside = source.DestinationConfigProperty(on_failure=source.OnFailureProperty(destination=lost.queue_arn))
        patterns = [source.FilterProperty(pattern=_inserted(key, prefix)) for key, prefix in OUTBOX]
        source(
            self,
            "Outbox",
            function_name=notify.function_arn,
            event_source_arn=resources.table.table_stream_arn,
            starting_position="TRIM_HORIZON",
            batch_size=1,
            maximum_retry_attempts=TRIES,
            filter_criteria=source.FilterCriteriaProperty(filters=patterns),
            destination_config=aside,
        )


def _inserted(key: str, prefix: str) -> str:
    """A filter's pattern: new items whose key begins so."""
    return json.dumps({"eventName": ["INSERT"], "dynamodb": {"Keys": {key: {"S": [{"prefix": prefix}]}}}})
