"""Training: the wheel from an upload to a version that serves, and what starts it and closes its runs."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace

from aws_cdk import RemovalPolicy, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_stepfunctions as stepfunctions
from constructs import Construct

from stacks import plans
from stacks.platform_function import Plan, platform_function
from stacks.queues import dead_letters, feed, queue
from stacks.registry import RETIRE, WHEEL
from stacks.resources import Resources
from stacks.rules import created, ended, on_event
from stacks.stage import Stage
from stacks.wheel import learn, retire
from stacks.wheel.states import Machine


class Training(Stack):
    """Upload → queue → trigger → machine → verbs; its end → queue → close; a replaced version's machine → retire."""

    def __init__(self, scope: Construct, name: str, stage: Stage, resources: Resources) -> None:
        super().__init__(scope, name, description="Treadle: from an upload to a version that serves, and to its end")
        key = kms.Key.from_key_arn(self, "Key", resources.key.key_arn)
        lost_uploads, lost_ends = (dead_letters(self, of, key) for of in ("Uploads", "Ends"))
        uploads = queue(self, "Uploads", key, lost_uploads, plans.QUEUE_TIMEOUT_S)
        ends = queue(self, "Ends", key, lost_ends, plans.QUEUE_TIMEOUT_S)
        known = replace(resources, uploads_arn=uploads.queue_arn)

        def functions(given: Iterable[Plan]) -> Mapping[str, lambda_.Function]:
            return {plan.name: platform_function(self, plan, stage, known) for plan in given}

        verbs, drained = functions(plans.steps(known)), functions([plans.retire(known)])
        machine = self._machine("Learn", WHEEL, learn.definition(stage.trials_at_once), verbs)
        self._machine("Drain", RETIRE, retire.definition(), drained)
        behind = functions([plans.trigger(known), plans.close(known)])

        on_event(self, "Arrived", created(resources.data, "*/datasets/*"), uploads, lost_uploads)
        feed(behind["trigger"], uploads, batch_size=10)
        on_event(self, "Ended", ended(machine), ends, lost_ends)
        feed(behind["close"], ends, batch_size=1)
        self.functions = (*verbs.values(), *drained.values(), *behind.values())
        self.uploads, self.dead_letters = uploads, (lost_uploads, lost_ends)

    def _machine(
        self, id_: str, name: str, written: Machine, verbs: Mapping[str, lambda_.Function]
    ) -> stepfunctions.StateMachine:
        """The machine of that name, which may invoke these functions and nothing else."""
        role = iam.Role(self, f"{id_}Role", assumed_by=iam.ServicePrincipal("states.amazonaws.com"))
        arns = {verb: function.function_arn for verb, function in verbs.items()}
        role.add_to_policy(iam.PolicyStatement(actions=["lambda:InvokeFunction"], resources=list(arns.values())))
        group = logs.LogGroup(
            self, f"{id_}Logs", retention=logs.RetentionDays.ONE_MONTH, removal_policy=RemovalPolicy.DESTROY
        )
        return stepfunctions.StateMachine(
            self,
            id_,
            state_machine_name=name,
            definition_body=stepfunctions.DefinitionBody.from_string(json.dumps(written)),  # CDK's own drops nulls
            definition_substitutions=arns,
            role=role,
            tracing_enabled=True,
            logs=stepfunctions.LogOptions(destination=group, level=stepfunctions.LogLevel.ALL),
        )
