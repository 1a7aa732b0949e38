"""The one table of routes, a file a noun: the gateway, the dispatcher and the OpenAPI document are made from it."""

import json

from shared.api.answer import Answer
from shared.api.call import Call
from shared.api.openapi import document
from shared.api.route import Nothing, Route
from shared.api.routes import (
    about,
    approvals,
    audit,
    callers,
    checks,
    datasets,
    decisions,
    lineage,
    models,
    needs,
    predictions,
    runs,
    serving,
    specs,
    uploads,
    versions,
)


def openapi(_: Call[Nothing, Nothing]) -> Answer:
    """This table, as OpenAPI says it."""
    return Answer(json.dumps(document(ROUTES)))


ROUTES: tuple[Route, ...] = (
    *about.ROUTES,
    Route("GET", "/openapi.json", "", "All routes, as OpenAPI 3.1 says it", answer=openapi),
    *models.ROUTES,
    *needs.ROUTES,
    *specs.ROUTES,
    *uploads.ROUTES,
    *datasets.ROUTES,
    *runs.ROUTES,
    *approvals.ROUTES,
    *versions.ROUTES,
    *decisions.ROUTES,
    *serving.ROUTES,
    *audit.ROUTES,
    *checks.ROUTES,
    *callers.ROUTES,
    *lineage.ROUTES,
    *predictions.ROUTES,
)
