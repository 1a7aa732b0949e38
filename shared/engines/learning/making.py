"""Making: what an artifact is made with, beside our own code; other versions may fit another model."""

import platform

import numpy as np
import onnx
import scipy
import skl2onnx
import sklearn


def made_with() -> dict[str, str]:
    """Name → version of Python, of the machine's kind, and of each library that fits or exports."""
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "scikit-learn": sklearn.__version__,
        "skl2onnx": skl2onnx.__version__,
        "onnx": onnx.__version__,
    }
