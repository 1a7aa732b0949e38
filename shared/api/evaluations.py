"""Evaluations: what evaluate kept of a run's candidate."""

from shared.api.views.verdicts import Evaluation, VerdictView, verdict
from shared.domain import places, record
from shared.ports.objects import Objects


def verdict_of(artifacts: Objects, model: str, run: str) -> VerdictView:
    """The verdict on the run's candidate; raises NotFound before evaluate has given it."""
    return verdict(record.read(Evaluation, artifacts.read(places.evaluation(model, run))))
