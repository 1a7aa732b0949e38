"""Predictions: predict's own door, which has a millisecond; the views say what it takes and gives."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime
from http import HTTPStatus

import orjson

from shared.api import captures
from shared.api.answer import Answer
from shared.api.door import placed, told
from shared.api.event import Event
from shared.api.problems import discreet
from shared.api.rows import rows_of
from shared.api.witness import Witness
from shared.domain.serving import Arm
from shared.lifecycle import predict
from shared.lifecycle.predict import Prediction, Request, Result
from shared.ports.clock import Clock
from shared.ports.ids import Ids
from shared.ports.objects import Objects
from shared.ports.serving import Servings


def answer(
    event: Event, witness: Witness, *, servings: Servings, artifacts: Objects, clock: Clock, ids: Ids, fresh_s: float
) -> Answer:
    """Predictions, or the problem, which never repeats a row. Refused calls are no errors of the model's."""
    began = clock.ticks()

    def work(event: Event) -> Answer:
        place = placed(event)
        request = Request(place.model, rows_of(event, "instances", "{column: value}"), place.version)
        result = predict.run(request, servings=servings, artifacts=artifacts, clock=clock, ids=ids, fresh_s=fresh_s)
        answered = Answer(_written(result), headers=_leaving(result.model, result.arm))
        _witnessed(result, event, witness, clock.now(), clock.ticks() - began)
        return answered

    answered = told(event, work, witness.unexpected, discreet)
    if answered.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        witness.measured(event.parameters["model"], clock.now(), {"PredictionErrors": 1})
    return answered


def _witnessed(result: Result, event: Event, witness: Witness, at: datetime, seconds: float) -> None:
    """What is known once the answer is made: figures, lines to capture, and challengers that broke."""
    figures = {"Predictions": len(result.predictions), "PredictionErrors": 0, "PredictionLatency": 1000 * seconds}
    witness.measured(result.model, at, figures)
    witness.captured(captures.predicted(result.model, at, result.revision, event.by, result.captured))
    for fault in result.faults:
        witness.unexpected(fault, event.context.request_id)


def _leaving(model: str, arm: Arm) -> Mapping[str, str]:
    """The headers of a version on its way out: RFC 9745, RFC 8594, and where callers go instead."""
    if arm.since is None or arm.sunset is None:
        return {}
    return {
        "deprecation": f"@{int(arm.since.timestamp())}",
        "sunset": format_datetime(arm.sunset, usegmt=True),
        "link": f'</models/{model}/predict>; rel="successor-version"',
    }


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
