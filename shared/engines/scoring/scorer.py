"""Scorer: an artifact's bytes, loaded once, answering batches on one thread."""

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from onnxruntime.capi import onnxruntime_pybind11_state as state

from shared.domain.errors import ArtifactRefused, Problem
from shared.domain.signature import TENSORS, Signature, tensor
from shared.domain.spec import Task
from shared.domain.spec.data import ColumnType
from shared.engines.scoring.batch import Batch

_UNLOADABLE = (
    state.Fail,
    state.InvalidArgument,
    state.InvalidGraph,
    state.InvalidProtobuf,
    state.NotImplemented,
    state.RuntimeException,
)
_CHUNK = 8192
"""Rows a run: bounds what a graph needs for its intermediate arrays, whatever the batch."""

_KINDS = {
    ColumnType.CATEGORY: "tensor(string)",
    ColumnType.INTEGER: "tensor(float)",
    ColumnType.NUMBER: "tensor(float)",
    ColumnType.TIMESTAMP: "tensor(int64)",
}


def _options() -> ort.SessionOptions:
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # memory of a large batch is given back
    options.enable_mem_pattern = False  # the number of rows differs from call to call
    options.log_severity_level = 4
    return options


class Scorer:
    """A loaded artifact and its signature."""

    def __init__(self, model: bytes, signature: Signature) -> None:
        """Raises ArtifactRefused for bytes that do not load, or that take or give other than the signature says."""
        try:
            self._session = ort.InferenceSession(model, _options(), providers=["CPUExecutionProvider"])
        except _UNLOADABLE as problem:
            raise ArtifactRefused(f"the artifact does not load: {str(problem).splitlines()[0][:70]}") from problem
        self.signature = signature
        self._output = TENSORS[signature.output.task]
        self._tensors = {column.name: tensor(column.name) for column in signature.features}
        self._agree()

    def score(self, batch: Batch) -> NDArray[np.float64]:
        """(n, 1) columns → binary: (n,) probability of the positive; multiclass: (n, classes); regression: (n,)."""
        rows = len(next(iter(batch.values())))
        if rows <= _CHUNK:
            return self._run(batch)
        parts = (slice(start, start + _CHUNK) for start in range(0, rows, _CHUNK))
        return np.concatenate([self._run({name: cells[part] for name, cells in batch.items()}) for part in parts])

    def _run(self, batch: Batch) -> NDArray[np.float64]:
        feed = {tensor_name: batch[name] for name, tensor_name in self._tensors.items()}
        answer = self._session.run([self._output], feed)[0].astype(np.float64)
        return _SHAPES[self.signature.output.task](answer)

    def _agree(self) -> None:
        """The artifact's tensors are those of the signature."""
        expected = {tensor(column.name): _KINDS[column.type] for column in self.signature.features}
        given = {node.name: node.type for node in self._session.get_inputs()}
        if given != expected or self._output not in {node.name for node in self._session.get_outputs()}:
            problem = Problem("/inputs", "differ from the signature", got=str(given)[:99], expected=str(expected)[:99])
            raise ArtifactRefused("the artifact's inputs and output are not those of its signature", problem)


def _positive(answer: NDArray[np.float64]) -> NDArray[np.float64]:
    return answer[:, 1]


def _all(answer: NDArray[np.float64]) -> NDArray[np.float64]:
    return answer


def _flat(answer: NDArray[np.float64]) -> NDArray[np.float64]:
    return answer.reshape(-1)


_SHAPES = {Task.BINARY: _positive, Task.MULTICLASS: _all, Task.REGRESSION: _flat}
