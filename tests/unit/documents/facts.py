"""A version of flights with all that a card tells of it."""

from dataclasses import replace
from datetime import UTC, datetime

from shared.documents.card import CardFacts
from shared.domain.artifact import Manifest
from shared.domain.dataset import Dataset
from shared.domain.scores import Calibration, Comparison, Measure, ReliabilityBin, Scores, SliceLeftOut, SliceScore
from shared.domain.signature import Output, Signature
from shared.domain.spec import Spec, Task
from shared.domain.trial import Candidate, Trial
from shared.domain.verdict import judge

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
RUN = "run_01KAV3N6W5RCRTQ3XB0M3Q9F7A"
PARAMETERS = {"learning_rate": 0.0512345, "max_leaf_nodes": 31}
SPEC = Spec.model_validate(
    {
        "spec": 1,
        "model": "flights",
        "about": "Will a flight from New York arrive more than 15 minutes late?",
        "task": "binary",
        "data": {
            "target": {"column": "arr_delay", "above": 15.0, "missing": "skip"},
            "columns": {
                "time_hour": "timestamp",
                "origin": {"type": "category", "values": ["EWR", "JFK", "LGA"]},
                "distance": {"type": "number", "min": 0.0, "missing": "median", "outside": "clip"},
            },
            "time": {"column": "time_hour", "zone": "America/New_York"},
            "after": ["dep_delay"],
            "derive": {"dep_hour": {"hour": "time_hour"}},
        },
        "evaluate": {
            "gates": {"roc_auc": {"min": 0.6, "may_lose": 0.005}, "latency_p99": {"max": "20ms"}},
            "slices": {"by": ["origin"], "may_lag": 0.08},
        },
        "notify": {"owners": ["email:flights@example.com"]},
    }
)
SCORES = Scores(
    metric="roc_auc",
    rows=15_583,
    measures=(Measure("roc_auc", 0.6263, 0.6165, 0.6361), Measure("latency_p99", 0.021, 0.021, 0.021)),
    slices=(SliceScore("origin", "LGA", 4_699, 0.5601, -0.0664, -0.093, -0.0398),),
    left_out=(SliceLeftOut("origin", "JFK", 12, "fewer than 500 rows"),),
    calibration=Calibration(
        (ReliabilityBin(0.1, 0.12, 0.1, 0.14, 7_000), ReliabilityBin(0.4, 0.38, 0.36, 0.41, 8_583)),
        (Measure("calibration_error", 0.02, 0.02, 0.02), Measure("calibration_slope", 0.9, 0.8, 1.0)),
    ),
)


def first_version() -> CardFacts:
    """Version 1, judged without a champion."""
    return CardFacts(
        spec=SPEC,
        spec_version=3,
        version=1,
        run=RUN,
        at=AT,
        dataset=_dataset(),
        trials=(
            Trial(Candidate(0, "LogisticRegression", {"C": 0.1}), 0, 0.60, 0.01),
            Trial(Candidate(1, "HistGradientBoostingClassifier", PARAMETERS), 1, 0.62, 0.01),
            Trial(Candidate(2, "RandomForestClassifier"), 0, 0.0, 0.0, error="no such parameter"),
        ),
        manifest=_manifest(),
        scores=SCORES,
        verdict=judge(SCORES, SPEC.evaluate),
    )


def refused_candidate() -> CardFacts:
    """A retrain that surely ranks worse than version 1."""
    worse = replace(SCORES, champion=1, comparisons=(Comparison("roc_auc", -0.017, -0.020, -0.014),))
    return replace(first_version(), version=None, scores=worse, verdict=judge(worse, SPEC.evaluate))


def _dataset() -> Dataset:
    return Dataset(
        model="flights",
        id="ds_01KAV3N6W5RCRTQ3XB0M3Q9F7A",
        run=RUN,
        previous="",
        uploads=("up_01KAV3N6W5RCRTQ3XB0M3Q9F7A",),
        spec=3,
        fingerprint="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        rows=80_789,
        train_rows=62_328,
        test_rows=15_583,
        skipped=2_878,
        rejected=3,
        at=AT,
        cut=datetime(2013, 3, 14, 10, tzinfo=UTC),
        learned_until=datetime(2013, 3, 14, 9, tzinfo=UTC),
        first_at=datetime(2013, 1, 1, 10, tzinfo=UTC),
        last_at=datetime(2013, 4, 1, 3, tzinfo=UTC),
        positives=0.23,
    )


def _manifest() -> Manifest:
    return Manifest(
        sha256="e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        size=412_345,
        signature=Signature((), Output(Task.BINARY, "arr_delay", ("false", "true"), 0.25)),
        family="HistGradientBoostingClassifier",
        parameters=PARAMETERS,
        dataset="ds_01KAV3N6W5RCRTQ3XB0M3Q9F7A",
        run=RUN,
        code="0.1.0",
    )
