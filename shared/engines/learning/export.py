"""A fitted model → one ONNX graph from a caller's columns to the answer."""

from collections.abc import Sequence

import numpy as np
import onnx
from onnx import TensorProto, compose, helper, numpy_helper
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType

from shared.domain.signature import TENSORS, Input
from shared.domain.spec import Task
from shared.engines.learning.fit import Model
from shared.engines.learning.graph import FEATURES, OPSETS, feature_graph

_CORE = "/model/"
_MATRIX = "matrix"
_ANSWERS = {Task.BINARY: "probabilities", Task.MULTICLASS: "probabilities", Task.REGRESSION: "variable"}
"""What skl2onnx calls the output that is kept."""


def exported(model: Model, inputs: Sequence[Input]) -> bytes:
    """The bytes of the artifact, the same for the same model; inputs are the columns it takes, in order."""
    core = _core(model)
    front = feature_graph(model.features, inputs)
    front.ir_version = core.ir_version
    kept = [f"{_CORE}{_ANSWERS[model.task]}"]
    whole = compose.merge_models(front, core, io_map=[(FEATURES, _MATRIX)], outputs=kept, prefix2=_CORE)
    _name_answer(whole, model)
    onnx.checker.check_model(whole, full_check=True)
    content: bytes = whole.SerializeToString(deterministic=True)
    return content


def _core(model: Model) -> onnx.ModelProto:
    options = {} if model.task is Task.REGRESSION else {"zipmap": False}
    matrix = [(_MATRIX, FloatTensorType([None, model.features.width]))]
    core: onnx.ModelProto = to_onnx(model.estimator, initial_types=matrix, options=options, target_opset=OPSETS)
    # skl2onnx names version 1 of the ml operators; LabelEncoder needs 2, and the tree operators are the same up to 3.
    del core.opset_import[:]
    core.opset_import.extend(helper.make_opsetid(domain, version) for domain, version in OPSETS.items())
    return core


def _name_answer(whole: onnx.ModelProto, model: Model) -> None:
    """The output under its fixed name; a class that no training row had gets its column of zeros."""
    raw, name = whole.graph.output[0].name, TENSORS[model.task]
    width = 1 if model.task is Task.REGRESSION else model.classes
    if model.task is not Task.REGRESSION and len(model.estimator.classes_) < width:
        columns = np.eye(width, dtype=np.float32)[model.estimator.classes_]
        whole.graph.initializer.append(numpy_helper.from_array(columns, f"{_CORE}columns"))
        whole.graph.node.append(helper.make_node("MatMul", [raw, f"{_CORE}columns"], [name]))
    else:
        whole.graph.node.append(helper.make_node("Identity", [raw], [name]))
    whole.graph.output[0].CopyFrom(helper.make_tensor_value_info(name, TensorProto.FLOAT, ["N", width]))
