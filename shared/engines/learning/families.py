"""The families of models that can be learned and exported: scikit-learn's names, and how each takes features."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import (
    ExtraTreesClassifier,
    ExtraTreesRegressor,
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.linear_model import LogisticRegression, Ridge

from shared.domain.spec.train import Scalar
from shared.domain.trial import Candidate
from shared.engines.learning.features import Encoding


class Estimator(Protocol):
    """What scikit-learn's estimators have in common."""

    classes_: NDArray[np.int64]

    def fit(self, matrix: Any, target: NDArray[Any]) -> object:
        """Learns from (n, width) and (n,)."""

    def predict(self, matrix: Any) -> NDArray[np.float64]:
        """(n,) values."""

    def predict_proba(self, matrix: Any) -> NDArray[np.float64]:
        """(n, classes) probabilities, in the order of classes_."""


@dataclass(frozen=True, slots=True)
class Family:
    """A scikit-learn estimator, its encoding, and settings that differ from scikit-learn's own."""

    estimator: type[Any]
    encoding: Encoding
    settings: Mapping[str, Scalar] = field(default_factory=dict)


FAMILIES: Mapping[str, Family] = {
    "LogisticRegression": Family(LogisticRegression, Encoding.ONE_HOT, {"max_iter": 1000}),
    "Ridge": Family(Ridge, Encoding.ONE_HOT),
    "HistGradientBoostingClassifier": Family(HistGradientBoostingClassifier, Encoding.GAPS),
    "HistGradientBoostingRegressor": Family(HistGradientBoostingRegressor, Encoding.GAPS),
    "RandomForestClassifier": Family(RandomForestClassifier, Encoding.CODES),
    "RandomForestRegressor": Family(RandomForestRegressor, Encoding.CODES),
    "ExtraTreesClassifier": Family(ExtraTreesClassifier, Encoding.CODES),
    "ExtraTreesRegressor": Family(ExtraTreesRegressor, Encoding.CODES),
}


def estimator(candidate: Candidate, seed: int) -> Estimator:
    """The candidate, not yet fitted; raises TypeError for a parameter that the family does not have."""
    family = FAMILIES[candidate.family]
    made: Estimator = family.estimator(**{**family.settings, **candidate.parameters}, random_state=seed)
    return made
