"""Evaluation: a candidate's and a champion's answers to the untouched rows become scores.

The same statistics serve search, gates and monitoring; here their numbers get the names of the domain. numpy and scipy
alone, hence the layer of learning.
"""

from shared.engines.evaluation.calibrating import calibrate
from shared.engines.evaluation.measuring import compare, measure
from shared.engines.evaluation.scoring import Rival, scores
from shared.engines.evaluation.slicing import Grouping, slices

__all__ = ["Grouping", "Rival", "calibrate", "compare", "measure", "scores", "slices"]
