"""What is kept of the winter that version 1 was made of: the data version, the artifact and what it said."""

import io
import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shared.domain import places, profile, record
from shared.domain.artifact import Manifest
from shared.domain.profile import Profile
from shared.domain.signature import Output, Signature
from shared.domain.spec import Task
from shared.domain.trial import Candidate, Trial
from shared.engines.tables.profiling import coded, numbers
from tests.examples import MODEL, version
from tests.fakes.objects import MemoryObjects
from tests.history import RUN
from tests.unit.lifecycle.weeks import CARRIERS, Flights, clock_words

LEARNED_DAYS = 73
"""The later ones are the test rows."""

WINNER = Candidate(3, "LogisticRegression", {"C": 1.0})


def kept(artifacts: MemoryObjects, winter: Flights) -> Profile:
    """Write all of it; the reference's bins."""
    bins, split = _bins(winter), (winter.hour >= 24 * LEARNED_DAYS).astype(np.int8)
    files = {
        "profile.json": profile.to_json(bins).encode(),
        "vocabulary.json": json.dumps({"carrier": CARRIERS}).encode(),
        "split.npy": saved(split),
        "target.npy": saved(winter.late),
        "columns/time_hour.npy": saved(winter.seconds),
        "columns/carrier.npy": saved(winter.carrier.astype(np.int32)),
        "columns/distance.npy": saved(winter.distance),
    }
    for file, body in files.items():
        artifacts.write(places.dataset(MODEL, "ds", file), body)
    artifacts.write(places.trial(MODEL, "run", 1, WINNER.index), record.written(Trial(WINNER, 1, 0.6, 0.01)))
    artifacts.write(places.out_of_fold(MODEL, "run", WINNER.index), saved(winter.score[split == 0]))
    artifacts.write(places.scores(MODEL, "run", "candidate"), saved(winter.score[split == 1]))
    signature = Signature((), Output(Task.BINARY, "arr_delay", ("false", "true"), 0.5))
    made = Manifest(version(RUN).artifact, 1, signature, WINNER.family, WINNER.parameters, "ds", "run", "code")
    artifacts.write(places.manifest(made.sha256), record.written(made))
    return bins


def _bins(winter: Flights) -> Profile:
    hours, weekdays = (np.array(words, np.int64) for words in clock_words(winter.seconds))
    columns = {
        "carrier": coded(winter.carrier, CARRIERS),
        "distance": numbers(winter.distance),
        "dep_hour": coded(hours, tuple(map(str, range(24)))),
        "weekday": coded(weekdays, tuple(map(str, range(7)))),
    }
    return Profile(len(winter.hour), columns, coded(winter.late.astype(np.int64), ("0", "1")))


def saved(array: NDArray[Any]) -> bytes:
    """The array as a file."""
    body = io.BytesIO()
    np.save(body, array, allow_pickle=False)
    return body.getvalue()
