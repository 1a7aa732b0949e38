"""What a spec leaves out and its task decides: the metric, the candidates, the threshold.

They are filled in before validation, so that the stored form names them and an upgrade never changes a model.
"""

from collections.abc import Mapping

from shared.domain.scores import METRICS
from shared.domain.spec.task import Task

_BOOSTING = {
    "learning_rate": {"from": 0.02, "to": 0.3, "scale": "log"},
    "max_leaf_nodes": {"from": 15, "to": 127, "scale": "linear"},
}
_CLASSIFIERS = {
    "LogisticRegression": {"C": {"from": 0.001, "to": 10, "scale": "log"}},
    "HistGradientBoostingClassifier": _BOOSTING,
}
_REGRESSORS = {
    "Ridge": {"alpha": {"from": 0.001, "to": 1000, "scale": "log"}},
    "HistGradientBoostingRegressor": _BOOSTING,
}
_CHEAPEST = {"threshold": {"cost": {"false_positive": 1.0, "false_negative": 1.0}}}

BY_TASK: Mapping[Task, Mapping[str, Mapping[str, object]]] = {
    Task.BINARY: {"train": {"candidates": _CLASSIFIERS}, "evaluate": _CHEAPEST},
    Task.MULTICLASS: {"train": {"candidates": _CLASSIFIERS}, "evaluate": {}},
    Task.REGRESSION: {"train": {"candidates": _REGRESSORS}, "evaluate": {}},
}
"""By task and section: the settings that are filled in when they are left out or empty."""


_LEFT_OUT: tuple[object, ...] = (None, "", {})


def by_task(given: object) -> object:
    """A spec as it was given, with the settings that its task decides; what is no spec comes back as it is."""
    if not isinstance(given, Mapping) or given.get("task") not in list(Task):
        return given
    task = Task(given["task"])
    metric = METRICS[task][0] if given.get("metric") in _LEFT_OUT else given["metric"]
    filled = {section: _filled(given.get(section, {}), settings) for section, settings in BY_TASK[task].items()}
    return {**given, "metric": metric, **filled}


def _filled(section: object, settings: Mapping[str, object]) -> object:
    if not isinstance(section, Mapping):
        return section
    return {**section, **{name: value for name, value in settings.items() if section.get(name) in _LEFT_OUT}}
