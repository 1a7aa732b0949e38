"""Predictions: the routes of the other function, whose endpoint is `shared.api.predictions`."""

from shared.api.route import Route
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
)
