"""Fit: rows and a candidate → a model that answers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shared.domain.spec import Spec, Task
from shared.domain.trial import Candidate
from shared.engines.learning.discovery import discover
from shared.engines.learning.families import FAMILIES, Estimator, estimator
from shared.engines.learning.features import Features
from shared.engines.learning.matrix import matrix
from shared.engines.learning.table import Table, classes


@dataclass(frozen=True, slots=True)
class Model:
    """A fitted estimator with its features; `classes` counts the codes that a class target knows."""

    estimator: Estimator
    features: Features
    task: Task
    classes: int

    def answers(self, table: Table) -> NDArray[np.float64]:
        """Binary: (n,) probability of 1; multiclass: (n, classes), 0 for a code never fitted; regression: (n,)."""
        seen = matrix(table, self.features)
        if self.task is Task.REGRESSION:
            return self.estimator.predict(seen).astype(np.float64)
        given = self.estimator.predict_proba(seen)
        by_code = np.zeros((len(given), self.classes))
        by_code[:, self.estimator.classes_] = given
        return by_code[:, 1] if self.task is Task.BINARY else by_code


def fit(table: Table, spec: Spec, candidate: Candidate) -> Model:
    """The candidate fitted on these rows: vocabularies, fills and scales are theirs too."""
    features = discover(table, spec, FAMILIES[candidate.family].encoding)
    fitted = estimator(candidate, spec.train.search.seed)
    fitted.fit(matrix(table, features), table.target if spec.task is Task.REGRESSION else table.target.astype(np.int64))
    _settle(fitted)
    return Model(fitted, features, spec.task, len(classes(table, spec)))


def _settle(fitted: Estimator) -> None:
    """Moves a boosting's float64 thresholds down to float32, which changes no answer to a float32 row.

    x ≤ t holds exactly if x is at most the largest float32 that is not above t. The exporter rounds to the nearest,
    which would move rows across a cut between neighbouring values; for forests it rounds down by itself.
    """
    for stage in getattr(fitted, "_predictors", ()):
        for tree in stage:
            tree.nodes["num_threshold"] = _not_above(tree.nodes["num_threshold"])


def _not_above(exact: NDArray[np.float64]) -> NDArray[np.float32]:
    nearest = exact.astype(np.float32)
    return np.where(nearest > exact, np.nextafter(nearest, np.float32(-np.inf)), nearest)
