"""About: what is open to everybody: whether Treadle answers, and the schema of a spec."""

import json

from shared.api.answer import SCHEMA, Answer, shown
from shared.api.call import Call
from shared.api.route import Nothing, Route
from shared.api.views.view import View
from shared.domain.spec import schema


class Health(View):
    """It answers."""

    status: str


def health(_: Call[Nothing, Nothing]) -> Answer:
    """Whether Treadle answers; nothing is read."""
    return shown(Health(status="ok"))


def model_schema(_: Call[Nothing, Nothing]) -> Answer:
    """The JSON schema of a spec, for editors."""
    return Answer(json.dumps(schema()), media=SCHEMA)


ROUTES = (
    Route("GET", "/health", "", "Whether Treadle answers", Health, health),
    Route("GET", "/schema/model-v1.json", "", "The JSON schema of a spec", answer=model_schema, media=SCHEMA),
)
