"""What a first call of predict or feedback waits for: only the packages that it needs to answer."""

import subprocess
import sys

from tests.architecture.tree import ROOT

TOO_HEAVY = (
    "aws_lambda_powertools.event_handler",
    "aws_xray_sdk",
    "duckdb",
    "jinja2",
    "pandas",
    "scipy",
    "skl2onnx",
    "sklearn",
)
OF_AN_ENGINE = ("numpy", "onnxruntime")
LOADED = "import sys, functions.{function}.handler; print(*sys.modules, sep='\\n')"


def loaded(function: str) -> list[str]:
    """The modules that a function's handler brings in."""
    program = LOADED.format(function=function)
    done = subprocess.run((sys.executable, "-c", program), check=True, cwd=ROOT, capture_output=True, text=True)
    return done.stdout.splitlines()


def test_predict_imports_nothing_that_only_learning_needs() -> None:
    assert [name for name in loaded("predict") if name.startswith(TOO_HEAVY)] == []


def test_feedback_imports_no_engine_at_all() -> None:
    assert [name for name in loaded("feedback") if name.startswith((*TOO_HEAVY, *OF_AN_ENGINE))] == []
