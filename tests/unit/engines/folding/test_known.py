"""What a version's rows and outcomes mean, by task and target."""

from math import isnan, nan

import numpy as np
import pytest

from shared.domain.capture import Cell
from shared.domain.profile import PREDICTION, ColumnProfile, Numbers, Profile, categories, empty
from shared.domain.signature import Input, Output, Signature
from shared.domain.spec import Task
from shared.domain.spec.data import ColumnType
from shared.engines.folding import EMPTY, Arrivals, Asked, Known, Told, decoded, encoded
from shared.statistics.profile import ABSENT, spans
from tests.examples import spec

CLASSES = categories({"early": 3, "late": 2, "midday": 1})
DELAYS = Numbers((0.0, 15.0), (3, 3, 4))


def known(task: Task, **target: object) -> Known:
    words = CLASSES.top if task is Task.MULTICLASS else ()
    asked = spec(
        task=task.value,
        data={
            "target": {"column": "late", **target},
            "columns": {"hour": "integer", "gate": {"type": "category", "feature": False}},
        },
    )
    inputs = (Input("hour", ColumnType.INTEGER, feature=True), Input("gate", ColumnType.CATEGORY, feature=False))
    prediction = {Task.MULTICLASS: empty(CLASSES), Task.REGRESSION: empty(DELAYS)}.get(task)
    columns: dict[str, ColumnProfile] = {"hour": Numbers((12.0,), (5, 5)), "gate": categories({"A1": 10})}
    reference = Profile(10, columns, CLASSES, *([prediction] if prediction else []))
    return Known(reference, Signature(inputs, Output(task, "late", words)), asked)


def labels(of: Known, *outcomes: Cell) -> list[float]:
    """What these outcomes are to the version."""
    slot = EMPTY.with_arrivals(Arrivals(told=[Told(n, 0, each) for n, each in enumerate(outcomes)]), {})
    return list(of.labelled(slot.outcomes["number"], slot.outcomes["word"]))


def same(got: list[float], expected: list[float]) -> bool:
    return all(a == b or (isnan(a) and isnan(b)) for a, b in zip(got, expected, strict=True))


@pytest.mark.parametrize(
    ("of", "outcomes", "expected"),
    [
        (known(Task.BINARY, above=15), (15, 15.5, "16", -3, "soon"), [0, 1, 1, 0, nan]),
        (known(Task.BINARY), (True, False, 1, 0, "true", "False", 2, "maybe"), [1, 0, 1, 0, 1, 0, nan, nan]),
        (known(Task.MULTICLASS), ("early", "late", "midday", "never"), [0, 1, 2, -1]),
        (known(Task.REGRESSION), (12.5, "12.5", -3, "x", "inf"), [12.5, 12.5, -3, nan, nan]),
    ],
)
def test_an_outcome_is_what_it_means_to_the_version(
    of: Known, outcomes: tuple[Cell, ...], expected: list[float]
) -> None:
    assert same(labels(of, *outcomes), expected)


@pytest.mark.parametrize(
    ("of", "score", "place"),
    [
        (known(Task.BINARY), [[0.62]], 12),
        (known(Task.MULTICLASS), [[0.2, 0.7, 0.1]], 1),
        (known(Task.REGRESSION), [[15.0]], 2),
    ],
)
def test_an_answer_is_counted_over_the_bins_of_its_task(of: Known, score: list[list[float]], place: int) -> None:
    assert list(spans(of.reference))[-1] == PREDICTION
    assert of.placed([{"hour": 3}], np.array(score, np.float32))[0, -1] == place


def test_a_column_that_nothing_learns_from_may_be_left_out() -> None:
    scores = np.full((4, 1), 0.5, np.float32)
    cells: list[dict[str, object]] = [{"hour": 3, "gate": "A1"}, {"hour": 13}, {"gate": None}, {}]
    places = known(Task.BINARY).placed(cells, scores)
    missing = spans(known(Task.BINARY).reference)["gate"].missing - spans(known(Task.BINARY).reference)["gate"].start
    assert places[:, 0].tolist() == [0, 1, 2, ABSENT]
    assert places[:, 1].tolist() == [0, ABSENT, missing, ABSENT]


def test_a_document_is_read_as_it_was_written() -> None:
    rows = [Asked(n, 1, "1c", n == 2, 7, "ž", 1000 * n, [0.2, 0.7, 0.1], {"hour": n}) for n in (3, 1, 2)]
    slot = EMPTY.with_arrivals(Arrivals(rows, [Told(9, 5, "late")]), {1: known(Task.MULTICLASS)})
    again = decoded(encoded(slot))
    assert (again.revision, again.names) == (1, ("ž", "1c"))
    assert again.rows[1].fields.tolist() == slot.rows[1].fields.tolist()
    assert again.rows[1].scores.tolist() == slot.rows[1].scores.tolist()
    assert again.rows[1].places.tolist() == slot.rows[1].places.tolist()
    assert again.outcomes.tobytes() == slot.outcomes.tobytes()
    assert again.with_arrivals(Arrivals(rows), {1: known(Task.MULTICLASS)}) is again
