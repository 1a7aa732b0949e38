"""An artifact, loaded once, and what it costs to ask it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from shared.domain.artifact import Golden
from shared.domain.errors import ArtifactRefused
from shared.domain.signature import Signature
from shared.domain.trial import Candidate
from shared.engines.learning import Fitted, refit
from shared.engines.scoring import Scorer, encode, golden_gap, latency, parity, stored
from tests.unit.engines.learning.datasets import flights, model_spec, write

ROW = {"time_hour": "2013-07-01T10:00:00-04:00", "carrier": "AA", "seats": 180, "distance": 700.5}


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(flights(600), model_spec(), tmp_path_factory.mktemp("data") / "dataset")


@pytest.fixture(scope="module")
def fitted(dataset: Path) -> Fitted:
    return refit(dataset, model_spec(), Candidate(0, "LogisticRegression"), np.linspace(0, 1, 480), dataset)


@pytest.fixture
def model(dataset: Path, fitted: Fitted) -> bytes:
    return (dataset / "model.onnx").read_bytes()


def test_a_large_batch_is_answered_as_its_rows_are(model: bytes, fitted: Fitted, dataset: Path) -> None:
    scorer = Scorer(model, fitted.signature)
    many = np.tile(np.arange(600), 30)
    answers = scorer.score(stored(dataset, fitted.signature, many))
    assert answers.shape == (18_000,)
    assert np.array_equal(answers[:600], scorer.score(stored(dataset, fitted.signature, np.arange(600))))
    assert np.array_equal(answers, np.tile(answers[:600], 30))


def test_probabilities_lie_between_0_and_1(model: bytes, fitted: Fitted) -> None:
    (probability,) = Scorer(model, fitted.signature).score(encode([ROW], fitted.signature))
    assert 0 < probability < 1


def test_bytes_that_are_no_artifact_are_refused(fitted: Fitted) -> None:
    with pytest.raises(ArtifactRefused, match="does not load"):
        Scorer(b"\x80\x04pickle", fitted.signature)


def test_an_artifact_of_another_signature_is_refused(model: bytes, fitted: Fitted) -> None:
    fewer = Signature(fitted.signature.inputs[:-1], fitted.signature.output)
    with pytest.raises(ArtifactRefused, match="not those of its signature"):
        Scorer(model, fewer)


def test_parity_is_the_largest_gap(model: bytes, fitted: Fitted, dataset: Path) -> None:
    scorer = Scorer(model, fitted.signature)
    batch = stored(dataset, fitted.signature, np.arange(100))
    expected = scorer.score(batch)
    expected[40] += 0.25
    assert parity(scorer, batch, expected) == pytest.approx(0.25)


def test_a_golden_row_that_is_answered_otherwise_shows(model: bytes, fitted: Fitted) -> None:
    first = fitted.golden[0]
    changed = (replace(first, output=(first.output[0] + 0.5,)), *fitted.golden[1:])
    assert golden_gap(Scorer(model, fitted.signature), changed) == pytest.approx(0.5, abs=1e-6)


def test_golden_rows_are_what_a_caller_may_send(fitted: Fitted) -> None:
    assert len(fitted.golden) == 8
    assert isinstance(fitted.golden[0], Golden)
    assert all(set(example.row) == {"time_hour", "carrier", "seats", "distance"} for example in fitted.golden)


class Stopwatch:
    """A clock whose runs last one millisecond, but for the slow ones of the first two rounds."""

    def __init__(self) -> None:
        self.readings = 0
        self.now = 0.0

    def __call__(self) -> float:
        """Seconds so far; every second reading ends a run."""
        self.readings += 1
        run, ends = divmod(self.readings - 1, 2)
        if ends:
            self.now += 0.050 if run < 4000 and run % 20 == 0 else 0.001
        return self.now


def test_latency_is_the_99th_percentile_of_the_best_of_three_rounds(model: bytes, fitted: Fitted) -> None:
    stopwatch = Stopwatch()
    assert latency(Scorer(model, fitted.signature), ROW, stopwatch) == pytest.approx(1.0)
    assert stopwatch.readings == 2 * 3 * 2000
