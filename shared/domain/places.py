"""Places: the keys under which large bodies lie in the artifacts bucket."""

from collections.abc import Mapping
from datetime import datetime

ARTIFACTS = "artifacts/"
"""Where the models of all names lie, each in a folder named by the hash of its bytes."""


def dataset(model: str, dataset: str, file: str) -> str:
    """A file of a data version, such as rows.parquet or columns/dest.npy."""
    return f"{model}/datasets/{dataset}/{file}"


def captured(model: str, run: str) -> str:
    """The captured rows that a run's data version takes in, as they were when the run first read them."""
    return f"{model}/runs/{run}/captured.jsonl"


def trials(model: str, run: str) -> str:
    """Where a run's trials lie."""
    return f"{model}/runs/{run}/trials/"


def rung(model: str, run: str, number: int) -> str:
    """Where a rung's trials lie."""
    return f"{trials(model, run)}{number}/"


def trial(model: str, run: str, number: int, candidate: int) -> str:
    """What a candidate reached on a rung."""
    return f"{rung(model, run, number)}{candidate}.json"


def out_of_fold(model: str, run: str, candidate: int) -> str:
    """The out-of-fold predictions of a candidate on all training rows."""
    return f"{model}/runs/{run}/out-of-fold/{candidate}.npy"


def fit(model: str, run: str, file: str) -> str:
    """What the refit left for score: parity_rows.npy, parity_answers.npy; and manifest.json, what this run made."""
    return f"{model}/runs/{run}/fit/{file}"


def scores(model: str, run: str, arm: str) -> str:
    """What candidate or champion said about the test rows."""
    return f"{model}/runs/{run}/scores/{arm}.npy"


def costs(model: str, run: str) -> str:
    """What the candidate costs its callers: latency, size, parity."""
    return f"{model}/runs/{run}/scores/costs.json"


def evaluation(model: str, run: str) -> str:
    """All that the run's candidate was judged by, and the verdict: what its card is written from."""
    return f"{model}/runs/{run}/evaluation.json"


def card(model: str, run: str) -> str:
    """The model card of the run's candidate."""
    return f"{model}/runs/{run}/card.html"


def artifact(sha256: str) -> str:
    """The model itself, named by the hash of its bytes."""
    return f"{ARTIFACTS}{sha256}/model.onnx"


def manifest(sha256: str) -> str:
    """The manifest beside it, which is written last."""
    return f"{ARTIFACTS}{sha256}/manifest.json"


def unowned(came: Mapping[str, datetime], before: datetime) -> tuple[str, ...]:
    """Of artifacts' keys, and when each came: the hashes whose bytes came before then and have no manifest."""
    hashes = sorted({key.split("/")[1] for key in came})
    old = [each for each in hashes if artifact(each) in came and came[artifact(each)] < before]
    return tuple(each for each in old if manifest(each) not in came)


def replay(model: str, run: str) -> str:
    """What a shadow answered to captured rows, beside the champion."""
    return f"{model}/runs/{run}/replay.json"


def slot(model: str, name: str) -> str:
    """The captured rows of an hour of arrivals, as fold knows them."""
    return f"{model}/slots/{name}.npz"


def retirement(model: str, version: int, order: str) -> str:
    """Why the version was retired under this order, and what its callers do now."""
    return f"{retirements(model, version)}{order}.json"


def retirements(model: str, version: int) -> str:
    """Where the retirements of a version lie: restored, it may retire once more."""
    return f"{model}/versions/{version}/retirements/"
