"""Predict's function on the events that AWS's gateway sends, from the registry and the store that it reads."""

import json
from dataclasses import replace

import pytest

from shared.adapters.s3_objects import S3Objects
from shared.domain import places
from shared.domain.change import Noun, Ref
from tests import examples
from tests.fakes.ids import CountingIds
from tests.history import having_applied, having_received
from tests.integration.conftest import Platform, event
from tests.unit.lifecycle.artifacts import Store

RUN = CountingIds().new("run")


def serving(platform: Platform) -> str:
    """Version 1 of flights serves; its artifact."""
    made = Store()
    sha256 = made.binary(0.04)
    artifacts = S3Objects(platform.artifacts)
    for key in (places.artifact(sha256), places.manifest(sha256)):
        artifacts.write(key, made.objects.read(key))
    having_applied(platform.registry)
    having_received(platform.registry, "january", RUN)
    version = replace(examples.version(RUN), artifact=sha256)
    model = platform.registry.model("flights")
    platform.registry.commit(model.register(examples.order("register", run=RUN), version))
    model = platform.registry.model("flights", Ref(Noun.VERSION, 1))
    platform.registry.commit(model.promote(examples.order("promote"), 1, examples.NOON))
    return sha256


def test_rows_are_answered_by_what_was_promoted_and_counted(
    platform: Platform, capsys: pytest.CaptureFixture[str]
) -> None:
    serving(platform)
    capsys.readouterr()
    answer = platform.call("predict", event("predict"))
    assert (answer["statusCode"], answer["json"]["version"]) == (200, 1)
    assert [prediction["value"] for prediction in answer["json"]["predictions"]] == [False, True]
    line, asked = map(json.loads, capsys.readouterr().out.splitlines())
    assert (line["model"], line["Predictions"], line["PredictionErrors"]) == ("flights", [2.0], [0.0])
    assert line["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "Treadle"
    assert 0 < line["PredictionLatency"][0] < 60_000
    assert (asked["captured"], asked["caller"]) == ("flights", "ada")
    assert [row["id"] for row in asked["rows"]] == [each["id"] for each in answer["json"]["predictions"]]
    assert [row["cells"] for row in asked["rows"]] == [{"hour": 5}, {"hour": 21}]


def test_what_became_of_predictions_is_captured_by_a_function_of_its_own(
    platform: Platform, capsys: pytest.CaptureFixture[str]
) -> None:
    serving(platform)
    asked = platform.call("predict", event("predict"))["json"]["predictions"]
    outcomes = [{"id": each["id"], "actual": actual} for each, actual in zip(asked, (33, None), strict=True)]
    capsys.readouterr()
    answer = platform.call("feedback", event("feedback", body=json.dumps({"outcomes": outcomes})))
    assert (answer["statusCode"], answer["json"]) == (200, {"accepted": 2, "unknown": [], "duplicate": []})
    line = json.loads(capsys.readouterr().out)
    assert (line["outcomes"], line["rows"]) == ("flights", outcomes)


def test_feedback_as_the_gateway_sends_it_knows_what_cannot_have_been_predicted(platform: Platform) -> None:
    serving(platform)
    answer = platform.call("feedback", event("feedback"))["json"]
    assert answer == {"accepted": 2, "unknown": ["prd_flights_9c_01JD0000000000000000000000_0"], "duplicate": []}


def test_a_pinned_version_answers_by_its_own_route(platform: Platform) -> None:
    serving(platform)
    pinned = event("predict", routeKey="POST /models/{model}/versions/{version}/predict")
    pinned |= {"pathParameters": {"model": "flights", "version": "1"}, "rawPath": "/models/flights/versions/1/predict"}
    assert platform.call("predict", pinned)["json"]["predictions"][0]["id"].startswith("prd_flights_1p_")
    pinned |= {"pathParameters": {"model": "flights", "version": "2"}}
    assert platform.call("predict", pinned)["statusCode"] == 404


def test_a_model_that_is_not_there_is_not_found_and_not_counted(
    platform: Platform, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = platform.call("predict", event("predict"))
    assert (answer["statusCode"], answer["json"]["type"]) == (404, "/problems/not-found")
    assert "PredictionErrors" not in capsys.readouterr().out


def test_an_artifact_that_is_gone_is_no_answer_and_counted(
    platform: Platform, capsys: pytest.CaptureFixture[str]
) -> None:
    sha256 = serving(platform)
    S3Objects(platform.artifacts)._client.delete_object(Bucket=platform.artifacts, Key=places.artifact(sha256))
    answer = platform.call("predict", event("predict"))
    assert answer["statusCode"] == 500
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["PredictionErrors"] == [1.0]
