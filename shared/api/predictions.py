"""Predictions: predict's own door, which has a millisecond; the views say what it takes and gives."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from http import HTTPStatus

import orjson

from shared.api.answer import JSON, Answer, Response, response
from shared.api.bodies import of_media, strict, within
from shared.api.door import Unexpected, placed, told
from shared.api.event import Event
from shared.api.place import Place
from shared.api.problems import discreet
from shared.domain.errors import Problem, RequestRefused, TooLarge
from shared.domain.prediction import Row
from shared.lifecycle import predict
from shared.lifecycle.predict import Prediction, Request, Result
from shared.ports.clock import Clock
from shared.ports.ids import Ids
from shared.ports.objects import Objects
from shared.ports.serving import Servings

LARGEST = 5_000_000
"""Bytes of a body: Lambda takes 6 MB, and base64 makes 4 of 3."""

MOST_ROWS = 10_000

Measured = Callable[[str, datetime, Mapping[str, float]], None]
"""Who is told of a model's figures: model, when, metric → value."""


def door(
    endpoint: Callable[[Event, Unexpected, Measured], Answer], unexpected: Unexpected, measured: Measured
) -> Callable[[object], Response]:
    """The way from the gateway's event to its answer; `endpoint` is `answer` with its ports."""
    return lambda given: response(endpoint(Event.model_validate(given), unexpected, measured))


def answer(
    event: Event,
    unexpected: Unexpected,
    measured: Measured,
    *,
    servings: Servings,
    artifacts: Objects,
    clock: Clock,
    ids: Ids,
    fresh_s: float,
) -> Answer:
    """Predictions, or the problem, which never repeats a row. Refused calls are no errors of the model's."""
    began = clock.ticks()

    def work(event: Event) -> Answer:
        request = _request(placed(event), event)
        result = predict.run(request, servings=servings, artifacts=artifacts, clock=clock, ids=ids, fresh_s=fresh_s)
        body = _written(result)
        took = {"PredictionLatency": 1000 * (clock.ticks() - began)}
        measured(result.model, clock.now(), {"Predictions": len(result.predictions), "PredictionErrors": 0, **took})
        return Answer(body)

    answered = told(event, work, unexpected, discreet)
    if answered.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        measured(event.parameters["model"], clock.now(), {"PredictionErrors": 1})
    return answered


def _request(place: Place, event: Event) -> Request:
    """The rows; raises TooLarge, MediaTypeRefused, Unreadable, RequestRefused."""
    content = event.content
    within(len(content), LARGEST)
    of_media(event.headers.get("content-type", ""), (JSON,))
    return Request(place.model, _rows(strict(content)), place.version)


def _rows(body: object) -> Sequence[Row]:
    """What stands under `instances`, which is all that a body holds; each row is looked at by the model's signature."""
    rows = body.get("instances") if isinstance(body, dict) and len(body) == 1 else None
    if not isinstance(rows, list) or not rows:
        problem = Problem("/instances", "not a list of rows alone", expected='{"instances": [{column: value}, …]}')
        raise RequestRefused("the body holds a list of one row or more under instances, and nothing else", problem)
    if len(rows) > MOST_ROWS:
        problem = Problem("/instances", "too many rows", expected=f"at most {MOST_ROWS:,}", fix="send several calls")
        raise TooLarge(f"{len(rows):,} rows were sent, of {MOST_ROWS:,} at most", problem)
    return rows


def _written(result: Result) -> str:
    """The answer as JSON; what a task does not have is left out."""
    predictions = list(map(_plain, result.predictions))
    whole = {"model": result.model, "version": result.version, "predictions": predictions}
    return orjson.dumps(whole).decode()


def _plain(of: Prediction) -> Mapping[str, object]:
    said: dict[str, object] = {"id": of.id, "version": of.version, "value": of.value}
    if of.probabilities is not None:
        said["probabilities"] = of.probabilities
    if of.threshold is not None:
        said["threshold"] = of.threshold
    return said
