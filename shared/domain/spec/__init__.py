"""A model's spec: one section a verb of the wheel, each in the file of its verb.

`resolve` is the door: plain data in, a `Spec` out, or `SpecRefused` with every problem. What holds between sections is
in `rules/`, what a task decides in `defaults.py`, the candidates in `families.py`.
"""

from shared.domain.spec.header import columns_said
from shared.domain.spec.resolve import resolve
from shared.domain.spec.schema import schema
from shared.domain.spec.stored import digest, stored
from shared.domain.spec.task import Task
from shared.domain.spec.whole import Spec

__all__ = ["Spec", "Task", "columns_said", "digest", "resolve", "schema", "stored"]
