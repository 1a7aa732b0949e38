"""Models: what decisions of a model know at once."""

from datetime import datetime

from shared.api.views.serving import ArmView, arm
from shared.api.views.view import View
from shared.domain.head import Head, Open
from shared.domain.serving import Serving
from shared.domain.spec import Spec


class OpenView(View):
    """A run that has not ended."""

    run: str
    status: str
    uploads: tuple[str, ...]


class ModelSummary(View):
    """A model in a list: its newest spec, data version and version, what serves, and what is open."""

    name: str
    revision: int
    changed_at: datetime
    spec: int
    dataset: str | None
    newest_version: int | None
    champion: int | None
    running: OpenView | None
    queued: OpenView | None


class ModelView(View):
    """A model by itself: what it is for and which versions answer, besides what a list says."""

    name: str
    about: str
    task: str
    metric: str
    revision: int
    changed_at: datetime
    spec: int
    dataset: str | None
    newest_version: int | None
    champion: int | None
    running: OpenView | None
    queued: OpenView | None
    arms: tuple[ArmView, ...]


def summary(head: Head) -> ModelSummary:
    """A model in a list."""
    return ModelSummary(
        name=head.model,
        revision=head.revision,
        changed_at=head.at,
        spec=head.spec,
        dataset=head.dataset or None,
        newest_version=head.next_version - 1 or None,
        champion=head.champion,
        running=_open(head.running),
        queued=_open(head.queued),
    )


def model(head: Head, spec: Spec, serving: Serving) -> ModelView:
    """A model by itself."""
    arms = tuple(map(arm, serving.arms))
    return ModelView(**dict(summary(head)), about=spec.about, task=spec.task, metric=spec.metric, arms=arms)


def _open(run: Open | None) -> OpenView | None:
    return OpenView(run=run.run, status=run.status, uploads=run.uploads) if run else None
