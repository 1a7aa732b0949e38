"""Predict's handler in a process of its own: import, first call and warm calls, in milliseconds, as JSON.

Run as `python -m bench._handler EVENT CALLS` with the environment of a worker. What the handler prints goes nowhere.
"""

import contextlib
import io
import json
import sys
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any


def main(event: dict[str, Any], calls: int) -> dict[str, Any]:
    """Import and call; raises RuntimeError for an answer that is not 200."""
    began = perf_counter()
    handle = import_module("functions.predict.handler").handle
    imported = perf_counter() - began
    took = []
    for _ in range(1 + calls):
        began = perf_counter()
        with contextlib.redirect_stdout(io.StringIO()):
            answer = handle(event, None)
        took.append(1000 * (perf_counter() - began))
        if answer["statusCode"] != 200:
            raise RuntimeError(answer["body"])
    return {"import_ms": 1000 * imported, "first_ms": took[0], "warm_ms": took[1:]}


if __name__ == "__main__":
    print(json.dumps(main(json.loads(Path(sys.argv[1]).read_text()), int(sys.argv[2]))))
