"""Learning: a dataset on disk → trials → the best candidate refitted and exported to ONNX. scikit-learn's own words."""

from shared.engines.learning.breaking import broken
from shared.engines.learning.making import made_with
from shared.engines.learning.refit import Fitted, refit
from shared.engines.learning.search import candidates, rungs, survivors
from shared.engines.learning.validation import Attempt, trial

__all__ = ["Attempt", "Fitted", "broken", "candidates", "made_with", "refit", "rungs", "survivors", "trial"]
