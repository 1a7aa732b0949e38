"""Monitor: what a version is compared with is read from what the verbs of its run really left."""

import pytest

from shared.domain.change import Noun, Ref
from shared.domain.check import Check
from shared.domain.hour import Watermark
from shared.domain.spec import Spec, Task
from shared.domain.verdict import Decision
from shared.lifecycle.monitor.reading import Read, read
from shared.statistics.performance import realised
from tests.examples import NOON
from tests.unit.lifecycle.workshop import MODEL, ROWS, SECTIONS, Workshop, january


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """The wheel has turned once, and nothing was captured yet."""
    return of_version_1(Workshop(tmp_path_factory.mktemp("wheel")))


def of_version_1(workshop: Workshop) -> Read:
    workshop.world.applied(SECTIONS)
    assert workshop.turned(workshop.received("january.csv", january())) is Decision.ACCEPTED
    before = Check(MODEL, "", NOON, 1, 0)
    return read(workshop.world.registry, workshop.artifacts, workshop.profiles, before, spec(workshop), Watermark())


def spec(workshop: Workshop) -> Spec:
    return workshop.world.model(Ref(Noun.SPEC, 1)).spec(1).spec


def test_every_row_of_the_data_version_is_in_its_hour(known: Read) -> None:
    sums = known.reference.hours.sums
    assert known.task is Task.BINARY
    assert (sums.rows.sum(), set(sums.rows.tolist())) == (ROWS, {6.0})
    assert 0.96 * ROWS < sums.outcomes.sum() < ROWS


def test_features_and_the_prediction_are_watched(known: Read) -> None:
    assert known.reference.watched == ("carrier", "distance", "dep_hour", "prediction")


def test_training_rows_were_answered_out_of_fold_and_test_rows_untouched(known: Read) -> None:
    sums = known.reference.hours.sums
    found = realised("binary", sums.answers.sum(axis=0))
    assert found["roc_auc"].low > 0.6
    assert found["calibration"].low < 0 < found["calibration"].high
    assert found["positives"].value == pytest.approx(0.33, abs=0.05)
    answered = sums.answers[:, :100].sum(axis=1)
    assert answered.sum() == sums.outcomes.sum()


def test_nothing_that_was_captured_makes_no_hours(known: Read) -> None:
    assert known.hours.end - known.hours.begin == 0
