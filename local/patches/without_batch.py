"""moto's state machine interpreter imports AWS Batch for one enumeration, and with it EC2's catalogues: 1.7 s of every
start. Here the enumeration stands alone; no state of ours submits jobs to Batch."""

from __future__ import annotations

import sys
from enum import StrEnum
from types import ModuleType


class JobStatus(StrEnum):
    """How a job of AWS Batch ends, as far as the interpreter asks."""

    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"


def apply() -> None:
    """Stand in for `moto.batch`; has to come before the interpreter's first import."""
    package, module = ModuleType("moto.batch"), ModuleType("moto.batch.utils")
    package.utils = module  # type: ignore[attr-defined]
    module.JobStatus = JobStatus  # type: ignore[attr-defined]
    sys.modules |= {package.__name__: package, module.__name__: module}
