"""Breaking: a copy that gives no number for about a third of its rows, and the same answer for the others."""

import numpy as np
import onnxruntime as ort
import pytest
from numpy.typing import NDArray

from shared.domain.spec import Task
from shared.engines.learning import broken
from tests.unit.lifecycle.artifacts import Store

HOURS = np.linspace(0, 23, 5000, dtype=np.float32).reshape(-1, 1)
MADE = {Task.BINARY: Store.binary, Task.MULTICLASS: Store.multiclass, Task.REGRESSION: Store.regression}


def model(task: Task) -> bytes:
    store = Store()
    return store.objects.read(f"artifacts/{MADE[task](store)}/model.onnx")


def answers(model: bytes) -> NDArray[np.float32]:
    """(n, k), as the artifact gives them."""
    session = ort.InferenceSession(model, providers=["CPUExecutionProvider"])
    given: NDArray[np.float32] = session.run(None, {"hour": HOURS})[0]
    return given


@pytest.mark.parametrize("task", Task)
def test_about_a_third_of_the_rows_get_no_number(task: Task) -> None:
    lost = np.isnan(answers(broken(model(task), task))).all(axis=1)
    assert 0.25 < lost.mean() < 0.42


@pytest.mark.parametrize("task", Task)
def test_the_other_rows_are_answered_as_before(task: Task) -> None:
    whole, copy = answers(model(task)), answers(broken(model(task), task))
    kept = ~np.isnan(copy)
    assert np.array_equal(whole[kept], copy[kept])


def test_the_same_rows_break_each_time_and_the_bytes_are_the_same() -> None:
    whole = model(Task.BINARY)
    assert broken(whole, Task.BINARY) == broken(whole, Task.BINARY) != whole
