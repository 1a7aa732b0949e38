"""The signature says of every column how callers send it and how it is captured."""

from pathlib import Path

import numpy as np

from shared.engines.learning.discovery import discover
from shared.engines.learning.features import Encoding
from shared.engines.learning.signing import signature
from shared.engines.learning.table import training_rows
from tests.unit.engines.learning.datasets import data_section, flights, model_spec, write


def test_a_private_column_is_signed_as_private_whether_it_is_a_feature_or_not(tmp_path: Path) -> None:
    section = data_section()
    private = {
        "flight": {"type": "integer", "feature": False, "private": "hash"},
        "seats": {"type": "integer", "missing": "keep", "private": "omit"},
    }
    spec = model_spec(data=section | {"columns": section["columns"] | private}, monitor={"on_drift": "tell"})
    learned = training_rows(write(flights(400), spec, tmp_path / "learned", train=1.0), spec)
    signed = signature(spec, learned, discover(learned, spec, Encoding.GAPS), np.linspace(0, 1, 400))
    assert dict(signed.private) == {"flight": "hash", "seats": "omit"}
