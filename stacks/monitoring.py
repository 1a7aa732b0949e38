"""Monitoring: the outbox becomes events and letters, dead letters ring, and one dashboard shows it all."""

import json
from collections.abc import Sequence

from aws_cdk import Stack
from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from stacks import plans
from stacks.alarms import dead_letter_alarm, server_error_alarm
from stacks.dashboard import dashboard
from stacks.platform_function import platform_function
from stacks.queues import TRIES, dead_letters
from stacks.resources import Resources
from stacks.stage import Stage

OUTBOX = (("SK", "AUDIT#"), ("PK", "STRAY"))
"""What of the table is told: decisions, and uploads for no model. Key → what it begins with."""


class Monitoring(Stack):
    """Table stream → notify; an alarm behind every queue of dead letters, and one for the API's own errors."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        stage: Stage,
        resources: Resources,
        api: gateway.HttpApi,
        functions: Sequence[lambda_.Function],
        dead: Sequence[sqs.Queue],
    ) -> None:
        super().__init__(scope, name, description="Treadle: events, letters, alarms")
        lost = dead_letters(self, "Outbox", kms.Key.from_key_arn(self, "Key", resources.key.key_arn))
        notify = platform_function(self, plans.notify(resources, stage), stage, resources)
        self._outbox(notify, resources, lost)
        alarms = [dead_letter_alarm(self, queue) for queue in (*dead, lost)]
        alarms.append(server_error_alarm(self, api))
        for alarm in alarms:
            alarm.add_alarm_action(actions.SnsAction(resources.topic))
        dashboard(self, (*functions, notify), alarms)

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
