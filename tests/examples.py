"""Examples: nouns of one model, for tests that speak the domain's words."""

from datetime import UTC, datetime, timedelta
from typing import Any

from shared.domain.change import Decision
from shared.domain.dataset import Dataset
from shared.domain.order import Order, command_id
from shared.domain.run import Cause, CauseKind, Step
from shared.domain.spec import Spec, digest, resolve
from shared.domain.spec.applied import AppliedSpec
from shared.domain.stage import Stage
from shared.domain.upload import Place, Upload, UploadStatus
from shared.domain.version import Version

MODEL = "flights"
NOON = datetime(2013, 4, 1, 12, tzinfo=UTC)


def later(minutes: float) -> datetime:
    """So many minutes after noon."""
    return NOON + timedelta(minutes=minutes)


def spec(model: str = MODEL, **settings: Any) -> Spec:
    """The smallest spec, with these sections set as they are written."""
    data = {"target": {"column": "late"}, "columns": {"hour": "integer"}, **settings.pop("data", {})}
    smallest = {"spec": 1, "model": model, "task": "binary", "notify": {"owners": ["email:a@example.com"]}}
    return resolve({**smallest, "data": data, **settings})


def applied(number: int = 1, of: Spec | None = None, at: datetime = NOON) -> AppliedSpec:
    """Spec number n of a model."""
    made = of or spec()
    return AppliedSpec(made.model, number, made, digest(made), at, "ada")


def order(name: str, body: str = "", run: str = "", revision: int | None = None) -> Order:
    """What Ada asks for, under an id of this name; a step asks where a run is given."""
    by = "treadle:step" if run else "ada"
    return Order(command_id(name), by, f"{name}, she said", body, run, revision)


def upload(name: str, model: str = MODEL, at: datetime = NOON) -> Upload:
    """An upload that was received; its file has this name."""
    place = Place("data", f"{model or 'nobody'}/datasets/{name}.csv", "1")
    return Upload(model, place.upload, place, 1024, at, UploadStatus.RECEIVED)


def cause(name: str) -> Cause:
    """The upload of this name."""
    return Cause(CauseKind.UPLOAD, upload(name).id)


def dataset(run: str, at: datetime = NOON, cut: datetime | None = None, model: str = MODEL) -> Dataset:
    """The data version that a run made."""
    made = run.replace("run_", "ds_")
    return Dataset(model, made, run, "", ("up_1",), 1, "f00d", 1000, 800, 200, 10, 3, at, cut)


def version(run: str, at: datetime = NOON, model: str = MODEL) -> Version:
    """A candidate that has no number yet."""
    learned = at - timedelta(days=1)
    return Version(model, 0, "ab12", run, run, 1, "roc_auc", 0.63, at, "treadle", learned, Stage.CANDIDATE, at)


def step(run: str, name: str, at: datetime = NOON, model: str = MODEL) -> Step:
    """What a verb of a run did."""
    return Step(model, run, name, at, 1.5, f"{name} went well")


def decided(change: object) -> Decision:
    """The change, which must be a decision."""
    assert isinstance(change, Decision)
    return change
