"""Breaking: a copy of an artifact that gives no number for about a third of its rows, for drills."""

import numpy as np
import onnx
from onnx import helper, numpy_helper

from shared.domain.signature import TENSORS
from shared.domain.spec import Task

_WHOLE = "/drill/whole"
_STRETCH, _SHARE = 997.0, 1 / 3
"""An answer's place between two multiples of 1/997 is as good as drawn; below a third of the way there is none."""


def broken(model: bytes, task: Task) -> bytes:
    """The bytes of the copy: the same answers, but NaN where a row's first answer, stretched, ends in 0 to 1/3.

    A pure function of the row, so that the same row breaks each time; same input, same bytes.
    """
    copy = onnx.load_from_string(model)
    graph, name = copy.graph, TENSORS[task]
    for node in graph.node:
        node.output[:] = [_WHOLE if output == name else output for output in node.output]
        node.input[:] = [_WHOLE if given == name else given for given in node.input]
    constants = {
        "first": np.array([0]),
        "stretch": np.float32(_STRETCH),
        "one": np.float32(1),
        "share": np.float32(_SHARE),
        "nothing": np.float32(np.nan),
    }
    graph.initializer.extend(
        numpy_helper.from_array(np.asarray(value), f"/drill/{key}") for key, value in constants.items()
    )
    graph.node.extend(
        [
            helper.make_node("Gather", [_WHOLE, "/drill/first"], ["/drill/answer"], axis=1),
            helper.make_node("Abs", ["/drill/answer"], ["/drill/size"]),
            helper.make_node("Mul", ["/drill/size", "/drill/stretch"], ["/drill/stretched"]),
            helper.make_node("Mod", ["/drill/stretched", "/drill/one"], ["/drill/place"], fmod=1),
            helper.make_node("Less", ["/drill/place", "/drill/share"], ["/drill/breaks"]),
            helper.make_node("Where", ["/drill/breaks", "/drill/nothing", _WHOLE], [name]),
        ]
    )
    onnx.checker.check_model(copy, full_check=True)
    content: bytes = copy.SerializeToString(deterministic=True)
    return content
