"""What predict's first call waits for: only the packages that it needs to answer."""

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
LOADED = "import sys, functions.predict.handler; print(*sys.modules, sep='\\n')"


def test_predict_imports_nothing_that_only_learning_needs() -> None:
    for _ in ROOT.glob("functions/predict/handler.py"):
        loaded = subprocess.run((sys.executable, "-c", LOADED), check=True, cwd=ROOT, capture_output=True, text=True)
        assert [name for name in loaded.stdout.splitlines() if name.startswith(TOO_HEAVY)] == []
