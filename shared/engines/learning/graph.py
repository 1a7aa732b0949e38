"""The feature graph: columns as callers send them → the matrix, in ONNX operators; its twin in numpy is matrix.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from shared.domain.signature import NO_TIME, Input, tensor
from shared.domain.spec.data import ColumnType
from shared.engines.learning.features import Calendar, Encoding, Features, Quantity, Words
from shared.engines.learning.matrix import EPOCH, SECONDS
from shared.engines.learning.zone import shifts

OPSETS = {"": 18, "ai.onnx.ml": 3}
FEATURES = "/features"
"""The name of the graph's output. Inner names hold a slash, as no column's can, and begin with it if they serve all."""

Attributes = Mapping[str, object]
NONE: Attributes = MappingProxyType({})

_DOMAINS = {"LabelEncoder": "ai.onnx.ml"}
_TYPES = {
    ColumnType.CATEGORY: TensorProto.STRING,
    ColumnType.INTEGER: TensorProto.FLOAT,
    ColumnType.NUMBER: TensorProto.FLOAT,
    ColumnType.TIMESTAMP: TensorProto.INT64,
}


@dataclass(frozen=True, slots=True)
class Draft:
    """Nodes and constants so far; each node gives one tensor, named after what it is."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: dict[str, onnx.TensorProto] = field(default_factory=dict)

    def node(self, operator: str, inputs: Sequence[str], output: str, attributes: Attributes = NONE) -> str:
        """Adds a node and gives the name of its output."""
        node = helper.make_node(operator, list(inputs), [output], domain=_DOMAINS.get(operator, ""))
        node.attribute.extend(helper.make_attribute(name, value) for name, value in attributes.items())
        self.nodes.append(node)
        return output

    def constant(self, name: str, value: NDArray[Any] | np.generic) -> str:
        """Adds a constant once and gives its name."""
        self.constants.setdefault(name, numpy_helper.from_array(np.asarray(value), name))
        return name


def feature_graph(features: Features, inputs: Sequence[Input]) -> onnx.ModelProto:
    """Inputs (N, 1), one a column, → one output (N, width) float32."""
    draft = Draft()
    parts = [
        _words(draft, features, f) if isinstance(f, Words) else _calendar(draft, features, f) for f in features.coded
    ]
    parts += [_quantity(draft, quantity) for quantity in features.quantities]
    parts += [_flag(draft, quantity) for quantity in features.flags]
    draft.node("Concat", parts, FEATURES, {"axis": 1})
    graph = helper.make_graph(
        draft.nodes,
        "features",
        [helper.make_tensor_value_info(tensor(column.name), _TYPES[column.type], ["N", 1]) for column in inputs],
        [helper.make_tensor_value_info(FEATURES, TensorProto.FLOAT, ["N", features.width])],
        list(draft.constants.values()),
    )
    opsets = [helper.make_opsetid(domain, version) for domain, version in OPSETS.items()]
    return helper.make_model(graph, opset_imports=opsets)


def _words(draft: Draft, features: Features, feature: Words) -> str:
    places = [*range(feature.size), feature.missing]
    attributes = {
        "keys_strings": [*feature.values, ""],
        "values_floats": [features.code(feature, place) for place in places],
        "default_float": features.code(feature, feature.unseen),
    }
    code = draft.node("LabelEncoder", [tensor(feature.column)], f"{feature.column}/code", attributes)
    return _spread(draft, features, code, feature.size)


def _calendar(draft: Draft, features: Features, feature: Calendar) -> str:
    column, name = tensor(feature.column), feature.name
    length, cycle = SECONDS[feature.operator]
    units = draft.node("Div", [_local(draft, column, feature.zone), _whole(draft, length)], f"{name}/units")
    place = draft.node("Mod", [units, _whole(draft, cycle)], f"{name}/place")
    number = draft.node("Cast", [place], f"{name}/number", {"to": TensorProto.FLOAT})
    absent = _real(draft, f"{name}/absent", features.absent(feature))
    code = draft.node("Where", [f"{column}/missing", absent, number], f"{name}/code")
    return _spread(draft, features, code, feature.size)


def _local(draft: Draft, column: str, zone: str) -> str:
    """Seconds of the zone's own clock since EPOCH's Monday; made once a column."""
    seconds = f"{column}/local"
    if any(seconds in node.output for node in draft.nodes):
        return seconds
    missing = draft.node("Equal", [column, _whole(draft, NO_TIME)], f"{column}/missing")
    given = draft.node("Where", [missing, _whole(draft, 0), column], f"{column}/given")
    changes = shifts(zone)
    if not changes.starts.size:
        return draft.node("Add", [given, _whole(draft, int(changes.offsets[0]) + EPOCH)], seconds)
    starts = draft.constant(f"{column}/starts", changes.starts.reshape(1, -1))
    offsets = draft.constant(f"{column}/offsets", changes.offsets + EPOCH)
    passed = draft.node("GreaterOrEqual", [given, starts], f"{column}/passed")
    ones = draft.node("Cast", [passed], f"{column}/ones", {"to": TensorProto.INT64})
    count = draft.node("ReduceSum", [ones, draft.constant("/axis", np.array([1]))], f"{column}/count")
    offset = draft.node("Gather", [offsets, count], f"{column}/offset")
    return draft.node("Add", [given, offset], seconds)


def _quantity(draft: Draft, quantity: Quantity) -> str:
    name = quantity.column
    cells = tensor(name)
    for side, operator, bound in (("low", "Less", quantity.low), ("high", "Greater", quantity.high)):
        if bound is not None:
            beyond = draft.node(operator, [cells, _real(draft, f"{name}/{side}", bound.limit)], f"{name}/{side}/beyond")
            put = _real(draft, f"{name}/{side}/put", bound.put)
            cells = draft.node("Where", [beyond, put, cells], f"{name}/{side}/bounded")
    if not np.isnan(quantity.fill):
        missing = draft.node("IsNaN", [cells], f"{name}/missing")
        cells = draft.node("Where", [missing, _real(draft, f"{name}/fill", quantity.fill), cells], f"{name}/filled")
    if (quantity.centre, quantity.scale) == (0, 1):
        return cells
    centred = draft.node("Sub", [cells, _real(draft, f"{name}/centre", quantity.centre)], f"{name}/centred")
    return draft.node("Div", [centred, _real(draft, f"{name}/scale", quantity.scale)], f"{name}/scaled")


def _flag(draft: Draft, quantity: Quantity) -> str:
    name = quantity.column
    missing = draft.node("IsNaN", [tensor(name)], f"{name}/flag/missing")
    return draft.node("Cast", [missing], f"{name}/flag", {"to": TensorProto.FLOAT})


def _spread(draft: Draft, features: Features, code: str, size: int) -> str:
    """One-hot: (N, 1) codes → (N, size + 1) zeros and ones, the last column for absent."""
    if features.encoding is not Encoding.ONE_HOT:
        return code
    whole = draft.node("Cast", [code], f"{code}/whole", {"to": TensorProto.INT64})
    ends = draft.constant("/ends", np.array([0, 1], np.float32))
    hot = draft.node("OneHot", [whole, _whole(draft, size + 1), ends], f"{code}/hot")
    return draft.node("Flatten", [hot], f"{code}/spread", {"axis": 1})


def _whole(draft: Draft, number: int) -> str:
    return draft.constant(f"/{number}", np.int64(number))


def _real(draft: Draft, name: str, number: float) -> str:
    return draft.constant(name, np.float32(number))
