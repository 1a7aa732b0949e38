"""The same search, fit and evaluation as a bare scikit-learn script: what `bench/wheel.py` measures the wheel against.

Written as a data scientist would who knows the tools and hurries: the file is read by duckdb, categories are coded
once, trials run side by side in two processes. It keeps nothing: no spec, no checks, no rejected rows, no profile, no
intervals, no artifact, no registry. Run as `python -m bench._bare PLAN`; prints what it found and cost as JSON.
"""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score, roc_curve
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler
from sklearn.utils.parallel import Parallel, delayed

from bench._processes import cpu_s

Plan = dict[str, Any]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CODED, NUMBERS = ("carrier", "origin", "dest", "dep_hour", "weekday"), ("distance",)
CATEGORIES = list(range(len(CODED)))
ROWS = """
    SELECT carrier, origin, dest, distance::DOUBLE AS distance, arr_delay > 15 AS late,
           hour(timezone('America/New_York', time_hour)) AS dep_hour,
           isodow(timezone('America/New_York', time_hour)) AS weekday, epoch(time_hour) AS at
    FROM read_csv(?, types = {'time_hour': 'TIMESTAMPTZ'}) WHERE arr_delay IS NOT NULL
    ORDER BY time_hour, carrier, flight
"""
NEWEST = 0.2
JOBS = 2


def main(plan: Plan) -> dict[str, Any]:
    """Search, refit on all training rows, evaluate on the newest fifth; the figures, and what all of it cost."""
    matrix, late, test = _read(plan["file"])
    learned, labels = matrix[~test], late[~test]
    climbing = list(range(len(plan["candidates"])))
    found: Any = []
    with Parallel(n_jobs=JOBS) as parallel:
        for share, keep in plan["rungs"]:
            rows = _share(labels, share, plan["seed"])
            tried = (delayed(_trial)(plan, plan["candidates"][each], learned[rows], labels[rows]) for each in climbing)
            found = sorted(zip(climbing, parallel(tried), strict=True), key=lambda each: (-each[1][0], each[0]))[:keep]
            climbing = [index for index, _ in found]
        (winner, (score, out_of_fold)), *_ = found
        threshold = _cheapest(labels, out_of_fold, plan["costs"])
        fitted = _estimator(plan["candidates"][winner], plan["seed"]).fit(learned, labels)
        judged = _evaluated(late[test], fitted.predict_proba(matrix[test])[:, 1], threshold, matrix[test])
        return {"winner": winner, "out_of_fold": score, "rows": len(late), **judged, "cpu_s": cpu_s(os.getpid())}


def _read(file: str) -> tuple[Floats, NDArray[np.bool_], NDArray[np.bool_]]:
    """The features with categories as codes, whether each flight was late, and which are the newest."""
    columns = duckdb.execute(ROWS, [file]).fetchnumpy()
    words = {name: columns[name].astype(str) for name in CODED[:3]}
    coded = [np.unique(words.get(name, columns[name]), return_inverse=True)[1] for name in CODED]
    matrix = np.column_stack([*coded, *(np.ma.filled(columns[name], np.nan) for name in NUMBERS)]).astype(np.float64)
    instants = columns["at"]
    return matrix, columns["late"].astype(bool), instants >= instants[int(len(instants) * (1 - NEWEST))]


def _share(labels: NDArray[np.bool_], share: float, seed: int) -> Ints:
    """A stratified share of the rows; a smaller one lies within a larger."""
    order = np.random.default_rng(seed).permutation(len(labels))
    classes = (order[labels[order] == label] for label in (False, True))
    return np.sort(np.concatenate([members[: int(np.ceil(share * len(members)))] for members in classes]))


def _trial(plan: Plan, candidate: tuple[str, Plan], matrix: Floats, labels: NDArray[np.bool_]) -> tuple[float, Floats]:
    """The candidate cross-validated: mean AUC, and each row's probability from the fold that did not learn it."""
    folds = StratifiedKFold(plan["folds"], shuffle=True, random_state=plan["seed"])
    out_of_fold, scores = np.empty(len(labels)), []
    for fitting, held in folds.split(matrix, labels):
        fitted = _estimator(candidate, plan["seed"]).fit(matrix[fitting], labels[fitting])
        out_of_fold[held] = fitted.predict_proba(matrix[held])[:, 1]
        scores.append(roc_auc_score(labels[held], out_of_fold[held]))
    return float(np.mean(scores)), out_of_fold


def _estimator(candidate: tuple[str, Plan], seed: int) -> Any:
    """A pipeline that learns its categories from the rows it is fitted on; trees take their codes, as numbers."""
    family, parameters = candidate
    if family == "HistGradientBoostingClassifier":
        coded = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan)
        model = HistGradientBoostingClassifier(**parameters, random_state=seed)
        return make_pipeline(make_column_transformer((coded, CATEGORIES), remainder="passthrough"), model)
    spread = OneHotEncoder(handle_unknown="ignore")
    model = LogisticRegression(**parameters, max_iter=1000, random_state=seed)
    return make_pipeline(make_column_transformer((spread, CATEGORIES), remainder=StandardScaler()), model)


def _cheapest(labels: NDArray[np.bool_], probabilities: Floats, costs: Sequence[float]) -> float:
    """The threshold that costs least, for (false alarm, miss)."""
    alarms, hits, thresholds = roc_curve(labels, probabilities)
    alarm, miss = costs
    cost = alarm * alarms * np.sum(~labels) + miss * (1 - hits) * np.sum(labels)
    return float(thresholds[cost.argmin()])


def _evaluated(labels: NDArray[np.bool_], probabilities: Floats, threshold: float, rows: Floats) -> Plan:
    """Every figure of the test rows, and the AUC of each airport and airline of 500 rows."""
    groups = {
        f"{CODED[place]} {code:.0f}": roc_auc_score(
            labels[rows[:, place] == code], probabilities[rows[:, place] == code]
        )
        for place in (0, 1)
        for code, count in zip(*np.unique(rows[:, place], return_counts=True), strict=True)
        if count >= 500
    }
    called = probabilities >= threshold
    return {
        "roc_auc": roc_auc_score(labels, probabilities),
        "brier": brier_score_loss(labels, probabilities),
        "log_loss": log_loss(labels, probabilities),
        "average_precision": average_precision_score(labels, probabilities),
        "precision": float(labels[called].mean()),
        "recall": float(called[labels].mean()),
        "groups": groups,
    }


if __name__ == "__main__":
    print(json.dumps(main(json.loads(Path(sys.argv[1]).read_text()))))
