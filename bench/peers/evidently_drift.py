"""Evidently's default drift preset on two frames of a million rows × 19 columns: its seconds, by the wall and by CPU.

In an environment of its own, since it needs pandas 2: `bench.drift` starts it so when it is asked for the peer, and
`uv run --no-project --with evidently==0.7.23 --with 'pandas<3' bench/peers/evidently_drift.py` does it by hand.
The frames are drawn as `bench.drift` draws its own.
"""

import json
from time import perf_counter, process_time

import numpy as np
import pandas as pd
from evidently import DataDefinition, Dataset, Report
from evidently.presets import DataDriftPreset

ROWS, NUMBERS, WIDTHS = 1_000_000, 12, (3, 5, 12, 24, 60, 110, 900)


def drawn(seed: int) -> pd.DataFrame:
    """Numbers, and categories as texts."""
    of = np.random.default_rng(seed)
    columns = {f"number_{each}": of.gamma(2 + each, 1, ROWS) for each in range(NUMBERS)}
    columns |= {f"category_{width}": np.minimum(of.geometric(2 / width, ROWS), width).astype(str) for width in WIDTHS}
    return pd.DataFrame(columns)


reference, month = drawn(1), drawn(2)
kinds = {kind: [name for name in reference if name.startswith(kind)] for kind in ("number", "category")}
definition = DataDefinition(numerical_columns=kinds["number"], categorical_columns=kinds["category"])
wall, cpu = perf_counter(), process_time()
frames = [Dataset.from_pandas(frame, data_definition=definition) for frame in (month, reference)]
found = Report([DataDriftPreset()]).run(*frames).dict()
print(json.dumps({"wall_s": perf_counter() - wall, "cpu_s": process_time() - cpu, "figures": len(found["metrics"])}))
