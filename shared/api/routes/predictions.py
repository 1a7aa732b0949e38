"""Predictions and what became of them: routes with functions of their own, whose endpoints have doors of their own."""

from shared.api.route import Route
from shared.api.views.feedback import FeedbackView, Outcomes
from shared.api.views.predictions import Instances, PredictionsView
from shared.domain.errors import ModelTooSlow, NoChampion, NotFound, Retired, RowsRefused

ROUTES = (
    Route(
        "POST",
        "/models/{model}/predict",
        "predict",
        "Predict rows with the versions that serve",
        PredictionsView,
        function="predict",
        body=Instances,
        refuses=(NotFound, NoChampion, RowsRefused, ModelTooSlow),
    ),
    Route(
        "POST",
        "/models/{model}/versions/{version}/predict",
        "predict",
        "Predict rows with one version",
        PredictionsView,
        function="predict",
        body=Instances,
        refuses=(NotFound, Retired, RowsRefused, ModelTooSlow),
    ),
    Route(
        "POST",
        "/models/{model}/feedback",
        "predict",
        "Tell what became of predictions",
        FeedbackView,
        function="feedback",
        body=Outcomes,
        refuses=(NotFound,),
    ),
)
