"""Cross-validation: how well a candidate does on training rows that it was not fitted on.

Folds are drawn at random from the seed, stratified by class, whatever the spec says about time: they rank candidates
and give every training row an answer for the threshold. Whether the past foretells the future is what the untouched
test rows, the newest ones, are for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import KFold, StratifiedKFold

from shared.domain.spec import Spec, Task
from shared.domain.trial import Candidate, Rung, Trial
from shared.engines.learning.fit import fit
from shared.engines.learning.table import Table, classes, training_rows
from shared.statistics.answers import Answers
from shared.statistics.metrics import value

Floats = NDArray[np.float64]
_UNTRAINABLE = (ValueError, TypeError, ArithmeticError)
"""What scikit-learn raises for parameters or rows that a family cannot take."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A trial, and its answers to the rung's rows, each from the fold that was not fitted on it (none if it failed)."""

    trial: Trial
    out_of_fold: Floats


def trial(dataset: Path, spec: Spec, candidate: Candidate, rung: Rung) -> Attempt:
    """The candidate on this rung's share of the training rows: a pure function of dataset, spec and candidate.

    A candidate that cannot be trained gives a trial with its error. `out_of_fold` is (n,) or, multiclass, (n, classes);
    on the last rung its rows are all training rows in the dataset's order, which is what `refit` wants.
    """
    table = training_rows(dataset, spec)
    table = table.take(nested(table.target, spec, rung.share))
    try:
        out_of_fold, scores = _validated(table, spec, candidate)
    except _UNTRAINABLE as problem:
        why = " ".join(str(problem).split())[:99]
        return Attempt(Trial(candidate, rung.number, 0.0, 0.0, error=why or type(problem).__name__), np.empty(0))
    return Attempt(Trial(candidate, rung.number, float(np.mean(scores)), float(np.std(scores))), out_of_fold)


def nested(target: Floats, spec: Spec, share: float) -> NDArray[np.int64]:
    """The places of a seeded share of the rows, in order, class by class; a smaller share lies within a larger."""
    order = np.random.default_rng(spec.train.search.seed).permutation(len(target))
    strata = np.zeros(len(target)) if spec.task is Task.REGRESSION else target
    chosen = []
    for stratum in np.unique(strata):
        members = order[strata[order] == stratum]
        chosen.append(members[: max(ceil(share * len(members)), spec.train.search.folds)])
    return np.sort(np.concatenate(chosen))


def _validated(table: Table, spec: Spec, candidate: Candidate) -> tuple[Floats, list[float]]:
    width = (len(classes(table, spec)),) if spec.task is Task.MULTICLASS else ()
    out_of_fold = np.empty((len(table.target), *width))
    scores = []
    for fitting, held in _folds(table.target, spec):
        out_of_fold[held] = fit(table.take(fitting), spec, candidate).answers(table.take(held))
        scores.append(value(spec.metric, Answers(table.target[held], out_of_fold[held])))
    return out_of_fold, scores


def _folds(target: Floats, spec: Spec) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    kind = KFold if spec.task is Task.REGRESSION else StratifiedKFold
    folds = kind(spec.train.search.folds, shuffle=True, random_state=spec.train.search.seed)
    pairs: Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]] = folds.split(target, target)
    return pairs
