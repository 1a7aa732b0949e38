"""Reproduction: what is said of a version that was made once more."""

from dataclasses import replace
from math import nan

import pytest

from shared.domain.artifact import Golden, Manifest
from shared.domain.reproduction import TOLERANCE, Reproduction
from shared.domain.signature import Input, Output, Signature
from shared.domain.spec import Task
from shared.domain.spec.data import ColumnType

SIGNATURE = Signature(
    (Input("hour", ColumnType.INTEGER, feature=True),), Output(Task.BINARY, "late", ("false", "true"), 0.25)
)
THEN = Manifest(
    "ab" * 32, 2048, SIGNATURE, "Ridge", {}, "ds_1", "run_1", "c0de" * 4,
    (Golden({"hour": 3}, (0.5,)), Golden({"hour": 4}, (0.75,))), {"numpy": "2.1.0", "onnx": "1.18.0"},
)  # fmt: skip
OTHER_BYTES = replace(THEN, sha256="cd" * 32, run="run_2")


def said(now: Manifest, gap: float = 1.4e-7, then: Manifest = THEN) -> tuple[str, str]:
    reason = Reproduction(then, now, gap).reason
    return reason.code, reason.detail


def test_the_same_bytes_are_said_to_be_the_same() -> None:
    code, detail = said(replace(THEN, run="run_2"))
    bytes_, answers = detail.split("; ")
    assert (code, bytes_) == ("reproduced", "the same to the byte, abababababab")
    assert answers == "2 golden rows are answered within 1.4e-07 of what was kept, 1e-05 is allowed"


def test_other_bytes_that_answer_alike_reproduce_the_version() -> None:
    code, detail = said(OTHER_BYTES)
    assert code == "reproduced"
    assert detail.startswith("other bytes: abababababab then, cdcdcdcdcdcd now; 2 golden rows")


@pytest.mark.parametrize("gap", [TOLERANCE * 1.01, 0.3, nan])
def test_answers_that_lie_further_apart_do_not(gap: float) -> None:
    assert said(OTHER_BYTES, gap)[0] == "not_reproduced"


def test_a_gap_of_just_the_tolerance_is_allowed() -> None:
    assert said(OTHER_BYTES, TOLERANCE)[0] == "reproduced"


def test_other_code_is_said_first_since_it_promises_no_equal_answers() -> None:
    code, detail = said(replace(OTHER_BYTES, code="beef" * 4), 0.2)
    assert code == "not_reproduced"
    assert detail.startswith("code c0dec0dec0de then, beefbeefbeef now, so equal answers are not promised; ")


def test_libraries_that_have_changed_are_named_and_only_those() -> None:
    _, detail = said(replace(OTHER_BYTES, made_with={"numpy": "2.2.0", "onnx": "1.18.0"}))
    assert detail.startswith("numpy 2.1.0 then, 2.2.0 now; other bytes")


def test_of_a_version_that_was_made_before_libraries_were_kept_none_is_said_to_have_changed() -> None:
    assert said(OTHER_BYTES, then=replace(THEN, made_with={}))[1].startswith("other bytes")


def test_another_threshold_tells_other_values_so_it_is_not_reproduced() -> None:
    moved = replace(SIGNATURE, output=replace(SIGNATURE.output, threshold=0.26))
    code, detail = said(replace(OTHER_BYTES, signature=moved))
    assert (code, "threshold 0.25 then, 0.26 now" in detail) == ("not_reproduced", True)
