"""Artifacts made by hand: graphs so small that their answers are known."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from shared.domain import places, record
from shared.domain.artifact import Golden, Manifest
from shared.domain.errors import NotFound
from shared.domain.serving import Arm, Role, Serving
from shared.domain.signature import Input, Output, Signature
from shared.domain.spec import Task
from shared.domain.spec.data import ColumnType
from tests.fakes.objects import MemoryObjects

HOUR = Input("hour", ColumnType.INTEGER, feature=True, refuses=frozenset({"missing", "outside"}), min=0, max=23)
NOTE = Input("note", ColumnType.TEXT, feature=False)
WORDS = ("early", "midday", "late")


@dataclass(slots=True, eq=False)
class Store:
    """What serves, and the artifacts; counts what predict reads."""

    arms: tuple[Arm, ...] = ()
    objects: MemoryObjects = field(default_factory=MemoryObjects)
    readings: int = 0
    key: tuple[str, ...] = ()
    capture: float = 1.0
    inputs: tuple[Input, ...] = (HOUR, NOTE)

    def serving(self, name: str) -> Serving:
        """The record of flights; there is no other model."""
        self.readings += 1
        if name != "flights":
            raise NotFound(f"there is no model {name}")
        newest = max((arm.version for arm in self.arms), default=0)
        at = datetime(2013, 4, 1, tzinfo=UTC)
        return Serving(name, self.readings, at, self.arms, self.key, self.capture, newest)

    def serve(self, *arms: tuple[str, Role, float]) -> None:
        """Versions 1, 2, … with these artifacts, roles and shares."""
        self.arms = tuple(
            Arm(number, role, share, sha256) for number, (sha256, role, share) in enumerate(arms, start=1)
        )

    def keep(self, model: bytes, output: Output, golden: tuple[Golden, ...] = ()) -> str:
        """An artifact with its manifest; its hash."""
        sha256 = hashlib.sha256(model).hexdigest()
        signature = Signature(self.inputs, output)
        manifest = Manifest(sha256, len(model), signature, "by hand", {}, "ds", "run", "code", golden)
        self.objects.write(places.artifact(sha256), model)
        self.objects.write(places.manifest(sha256), record.written(manifest))
        return sha256

    def binary(self, slope: float = 0.04, threshold: float = 0.5, golden: tuple[Golden, ...] = ()) -> str:
        """The probability of true is slope × hour."""
        weights = np.array([[-slope, slope]], np.float32)
        model = _linear(weights, np.array([1, 0], np.float32), "probabilities")
        return self.keep(model, Output(Task.BINARY, "late", ("false", "true"), threshold), golden)

    def multiclass(self) -> str:
        """Early at 0 o'clock, midday at 12, late at 23: the further away, the less probable."""
        model = _linear(
            np.array([[-0.05, 0.01, 0.04]], np.float32), np.array([0.9, 0.1, 0], np.float32), "probabilities"
        )
        return self.keep(model, Output(Task.MULTICLASS, "when", WORDS))

    def undefined(self, above: int) -> str:
        """The probability of true is a number up to this hour, and none from there on."""
        return self.keep(_root(above), Output(Task.BINARY, "late", ("false", "true"), 0.5))

    def regression(self, slope: float = 10) -> str:
        """So many minutes an hour, and half a minute."""
        model = _linear(np.array([[slope]], np.float32), np.array([0.5], np.float32), "value")
        return self.keep(model, Output(Task.REGRESSION, "arr_delay"))


def _linear(weights: "np.ndarray[tuple[int, ...], np.dtype[np.float32]]", bias: object, output: str) -> bytes:
    """hour (n, 1) → hour × weights + bias (n, outputs)."""
    constants = [numpy_helper.from_array(weights, "weights"), numpy_helper.from_array(np.asarray(bias), "bias")]
    nodes = [
        helper.make_node("MatMul", ["hour", "weights"], ["scaled"]),
        helper.make_node("Add", ["scaled", "bias"], [output]),
    ]
    given = [helper.make_tensor_value_info("hour", TensorProto.FLOAT, [None, 1])]
    made = [helper.make_tensor_value_info(output, TensorProto.FLOAT, [None, weights.shape[1]])]
    graph = helper.make_graph(nodes, "by hand", given, made, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def _root(above: int) -> bytes:
    """hour (n, 1) → the root of what is left to this hour (n, 2), which is no number beyond it."""
    bound = numpy_helper.from_array(np.array([[above, above]], np.float32), "bound")
    nodes = [
        helper.make_node("Sub", ["bound", "hour"], ["left"]),
        helper.make_node("Sqrt", ["left"], ["probabilities"]),
    ]
    given = [helper.make_tensor_value_info("hour", TensorProto.FLOAT, [None, 1])]
    made = [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, [None, 2])]
    graph = helper.make_graph(nodes, "by hand", given, made, [bound])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)
    return bytes(model.SerializeToString())
