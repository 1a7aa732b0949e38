"""The candidates that a spec may name: scikit-learn's families with their parameters, as far as they can be exported.

Not among them: what Treadle sets itself (random_state from the seed, n_jobs), and what changes the answer's form.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.domain.spec.task import Task
from shared.domain.spec.train import Scalar


@dataclass(frozen=True, slots=True)
class Whole:
    """An integer within both ends, inclusive."""

    low: int
    high: int

    def takes(self, value: Scalar) -> bool:
        """Whether it is an integer (no boolean) within both ends."""
        return isinstance(value, int) and not isinstance(value, bool) and self.low <= value <= self.high

    @property
    def expected(self) -> str:
        """What it takes, in words."""
        return f"an integer from {self.low} to {self.high:,}"


@dataclass(frozen=True, slots=True)
class Real:
    """A number within both ends, inclusive."""

    low: float
    high: float

    def takes(self, value: Scalar) -> bool:
        """Whether it is a number (no boolean) within both ends."""
        return isinstance(value, int | float) and not isinstance(value, bool) and self.low <= value <= self.high

    @property
    def expected(self) -> str:
        """What it takes, in words."""
        return f"a number from {self.low:g} to {self.high:g}"


@dataclass(frozen=True, slots=True)
class Word:
    """One of some words."""

    words: tuple[str, ...]

    def takes(self, value: Scalar) -> bool:
        """Whether it is one of the words."""
        return isinstance(value, str) and value in self.words

    @property
    def expected(self) -> str:
        """What it takes, in words."""
        return " or ".join(self.words)


@dataclass(frozen=True, slots=True)
class Switch:
    """True or false."""

    def takes(self, value: Scalar) -> bool:
        """Whether it is a boolean."""
        return isinstance(value, bool)

    @property
    def expected(self) -> str:
        """What it takes, in words."""
        return "true or false"


@dataclass(frozen=True, slots=True)
class Either:
    """What one of two kinds takes, such as a share of the features or one of the words."""

    one: "Real | Word"
    other: "Real | Word"

    def takes(self, value: Scalar) -> bool:
        """Whether one of the two takes it."""
        return self.one.takes(value) or self.other.takes(value)

    @property
    def expected(self) -> str:
        """What it takes, in words."""
        return f"{self.one.expected} or {self.other.expected}"


Kind = Whole | Real | Word | Switch | Either
Parameters = Mapping[str, Kind]

TINY = 1e-9
_BALANCED: Parameters = {"class_weight": Word(("balanced",))}
_LINEAR: Parameters = {"fit_intercept": Switch(), "tol": Real(TINY, 1), "max_iter": Whole(1, 10_000)}
_LOGISTIC: Parameters = {**_LINEAR, **_BALANCED, "C": Real(TINY, 1e9)}
_RIDGE: Parameters = {**_LINEAR, "alpha": Real(0, 1e9)}
_BOOSTING: Parameters = {
    "learning_rate": Real(TINY, 1),
    "max_iter": Whole(1, 2000),
    "max_leaf_nodes": Whole(2, 1000),
    "max_depth": Whole(1, 64),
    "min_samples_leaf": Whole(1, 100_000),
    "l2_regularization": Real(0, 1e9),
    "max_features": Real(0.01, 1),
    "max_bins": Whole(2, 255),
}
_FOREST: Parameters = {
    "n_estimators": Whole(1, 1000),
    "max_depth": Whole(1, 64),
    "max_leaf_nodes": Whole(2, 100_000),
    "min_samples_split": Whole(2, 100_000),
    "min_samples_leaf": Whole(1, 100_000),
    "max_features": Either(Real(0.01, 1), Word(("sqrt", "log2"))),
    "bootstrap": Switch(),
    "ccp_alpha": Real(0, 1e9),
}

_CLASSIFIERS: Mapping[str, Parameters] = {
    "LogisticRegression": _LOGISTIC,
    "HistGradientBoostingClassifier": {**_BOOSTING, **_BALANCED},
    "RandomForestClassifier": {**_FOREST, **_BALANCED, "criterion": Word(("gini", "entropy", "log_loss"))},
    "ExtraTreesClassifier": {**_FOREST, **_BALANCED, "criterion": Word(("gini", "entropy", "log_loss"))},
}
_REGRESSORS: Mapping[str, Parameters] = {
    "Ridge": _RIDGE,
    "HistGradientBoostingRegressor": _BOOSTING,
    "RandomForestRegressor": _FOREST,
    "ExtraTreesRegressor": _FOREST,
}

FAMILIES: Mapping[Task, Mapping[str, Parameters]] = {
    Task.BINARY: _CLASSIFIERS,
    Task.MULTICLASS: _CLASSIFIERS,
    Task.REGRESSION: _REGRESSORS,
}
"""By task: the families, each with the parameters that may be set and what they take."""
