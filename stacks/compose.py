"""Compose: the whole application: registry ← training ← inference, and monitoring that watches all three."""

from aws_cdk import App, Tags, Validations
from cdk_nag import AwsSolutionsChecks

from stacks.acknowledged import acknowledge
from stacks.inference import Inference
from stacks.monitoring import Monitoring
from stacks.registry import Registry
from stacks.stage import Stage
from stacks.training import Training


def compose() -> App:
    """The app with its four stacks, checked against AWS's rules while it is synthesized."""
    app = App()
    stage = Stage.model_validate(app.node.get_context("treadle"))
    registry = Registry(app, "treadle-registry", stage)
    training = Training(app, "treadle-training", stage, registry.resources)
    inference = Inference(app, "treadle-inference", stage, registry.resources)
    functions, dead = (*training.functions, *inference.functions), training.dead_letters
    resources = registry.resources
    Monitoring(app, "treadle-monitoring", stage, resources, inference.api, functions, dead, training.uploads)
    Tags.of(app).add("application", "treadle")
    acknowledge(app)
    Validations.of(app).add_plugins(AwsSolutionsChecks())
    return app
