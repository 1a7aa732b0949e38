"""Captured rows: what is looked at again, and what may be learned from."""

from collections.abc import Iterator

from shared.domain.errors import Problem
from shared.domain.spec.data import Data
from shared.domain.spec.monitor import Monitor
from shared.domain.spec.predict import Predict
from shared.domain.spec.problems import problem
from shared.domain.spec.quantities import duration


def looks_back(monitor: Monitor) -> Iterator[Problem]:
    """A check looks back at least to the check before it."""
    if monitor.window < monitor.every:
        got, expected = duration(monitor.window), f"at least every, which is {duration(monitor.every)}"
        yield problem(("monitor", "window"), "a window with gaps", got=got, expected=expected, fix="make it longer")


def private(data: Data, predict: Predict, monitor: Monitor) -> Iterator[Problem]:
    """Grammar 10: a private column is no feature where captured rows are learned from, for it is not in them."""
    if predict.capture == 0 or "retrain" not in (monitor.on_drift, monitor.on_drop):
        return
    for name in data.columns:
        if name in data.learned and (how := data.columns[name].private):
            fix = "write feature: false, or let monitor tell instead of retrain"
            where = ("data", "columns", name, "private")
            yield problem(where, "a feature that captured rows do not hold", got=how, expected="no private", fix=fix)
