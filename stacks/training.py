"""Training: the wheel from an upload to a version that serves, and the clockwork that keeps it honest."""

import json
from collections.abc import Mapping
from dataclasses import replace

from aws_cdk import Duration, RemovalPolicy, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sqs as sqs
from aws_cdk import aws_stepfunctions as stepfunctions
from constructs import Construct

from stacks import plans
from stacks.platform_function import Plan, platform_function
from stacks.queues import dead_letters, feed, queue
from stacks.registry import WHEEL
from stacks.resources import Resources
from stacks.stage import Stage
from stacks.wheel import learn


class Training(Stack):
    """Upload → queue → trigger → machine → verbs; its end → queue → close; every hour → sweep."""

    def __init__(self, scope: Construct, name: str, stage: Stage, resources: Resources) -> None:
        super().__init__(scope, name, description="Treadle: from an upload to a version that serves")
        key = kms.Key.from_key_arn(self, "Key", resources.key.key_arn)
        lost_uploads, lost_ends, lost_sweeps = (dead_letters(self, of, key) for of in ("Uploads", "Ends", "Sweep"))
        uploads = queue(self, "Uploads", key, lost_uploads, plans.QUEUE_TIMEOUT_S)
        ends = queue(self, "Ends", key, lost_ends, plans.QUEUE_TIMEOUT_S)
        known = replace(resources, uploads_arn=uploads.queue_arn)

        def function(plan: Plan, lost: sqs.Queue | None = None) -> lambda_.Function:
            return platform_function(self, plan, stage, known, lost)

        verbs = {plan.name: function(plan) for plan in plans.steps(known)}
        machine = self._machine(verbs, stage)
        trigger, close = function(plans.trigger(known)), function(plans.close(known))
        sweep = function(plans.sweep(known, uploads.queue_url), lost_sweeps)

        self._on_events("Arrived", _arrived(resources), uploads, lost_uploads)
        feed(trigger, uploads, batch_size=10)
        self._on_events("Ended", _ended(machine), ends, lost_ends)
        feed(close, ends, batch_size=1)
        self._hourly(sweep, lost_sweeps)
        self.functions = (*verbs.values(), trigger, close, sweep)
        self.dead_letters = (lost_uploads, lost_ends, lost_sweeps)

    def _machine(self, verbs: Mapping[str, lambda_.Function], stage: Stage) -> stepfunctions.StateMachine:
        """It may invoke the verbs' functions, and nothing else."""
        role = iam.Role(self, "LearnRole", assumed_by=iam.ServicePrincipal("states.amazonaws.com"))
        arns = {verb: function.function_arn for verb, function in verbs.items()}
        role.add_to_policy(iam.PolicyStatement(actions=["lambda:InvokeFunction"], resources=list(arns.values())))
        group = logs.LogGroup(
            self, "LearnLogs", retention=logs.RetentionDays.ONE_MONTH, removal_policy=RemovalPolicy.DESTROY
        )
        return stepfunctions.StateMachine(
            self,
            "Learn",
            state_machine_name=WHEEL,
            definition_body=stepfunctions.DefinitionBody.from_string(
                json.dumps(learn.definition(stage.trials_at_once))  # CDK's own writer drops nulls
            ),
            definition_substitutions=arns,
            role=role,
            tracing_enabled=True,
            logs=stepfunctions.LogOptions(destination=group, level=stepfunctions.LogLevel.ALL),
        )

    def _on_events(self, name: str, pattern: events.EventPattern, to: sqs.Queue, lost: sqs.Queue) -> None:
        events.Rule(self, name, event_pattern=pattern, targets=[targets.SqsQueue(to, dead_letter_queue=lost)])

    def _hourly(self, sweep: lambda_.Function, lost: sqs.Queue) -> None:
        hour = events.Schedule.rate(Duration.hours(1))
        events.Rule(
            self,
            "Hourly",
            schedule=hour,
            targets=[targets.LambdaFunction(sweep, dead_letter_queue=lost, retry_attempts=2)],
        )


def _arrived(resources: Resources) -> events.EventPattern:
    """A data set has been put into the data bucket."""
    key = events.Match.wildcard("*/datasets/*")
    detail = {"bucket": {"name": [resources.data.bucket_name]}, "object": {"key": key}}
    return events.EventPattern(source=["aws.s3"], detail_type=["Object Created"], detail=detail)


def _ended(machine: stepfunctions.StateMachine) -> events.EventPattern:
    """An execution is over, whichever way."""
    over = ["SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"]
    return events.EventPattern(
        source=["aws.states"],
        detail_type=["Step Functions Execution Status Change"],
        detail={"stateMachineArn": [machine.state_machine_arn], "status": over},
    )
