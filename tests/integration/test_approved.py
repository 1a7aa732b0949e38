"""A version that somebody approved of, through the API's function: the decision, and who finds it again from where."""

from dataclasses import replace
from typing import Any

import pytest
from ulid import ULID

from shared.adapters.s3_objects import S3Objects
from shared.adapters.stepfunctions_tasks import StepFunctionsTasks
from shared.adapters.stepfunctions_wheel import StepFunctionsWheel
from shared.adapters.system_clock import SystemClock
from shared.domain import hold, places, record
from shared.domain.artifact import Manifest
from shared.domain.change import Noun, Ref
from shared.domain.execution import State
from shared.domain.model import Model
from shared.domain.order import step_order
from shared.domain.prediction import PredictionId
from shared.domain.serving import Role
from shared.lifecycle import approve
from tests import examples
from tests.fakes.ids import CountingIds
from tests.history import decide, having_received
from tests.integration.conftest import Platform, event
from tests.unit.api.models import SHA256, SIGNATURE

RUN = CountingIds().new("run")
ASKS = {"approval": {"by": ["ml-leads"], "within": "24h"}}
TOKEN = "AQCEAAAAKgAAAAMAAAAAAAAAAd-the-task-token"
WHY = "it is better in the evening"


@pytest.fixture
def waiting(platform: Platform) -> Platform:
    """Ada's run waits with version 1 until somebody approves."""
    registry, artifacts = platform.registry, S3Objects(platform.artifacts)
    spec = examples.applied(of=examples.spec(deploy=ASKS))
    registry.commit(Model.unknown("flights").apply(examples.order("apply"), spec))
    having_received(registry, "january", RUN)
    made = replace(examples.dataset(RUN), uploads=registry.model("flights", Ref(Noun.RUN, RUN)).run(RUN).uploads)
    decide(registry, lambda model: model.accept(step_order(RUN, "data", "read"), made))
    version = replace(examples.version(RUN), dataset=made.id, artifact=SHA256)
    decide(registry, lambda model: model.register(step_order(RUN, "register", "it passed"), version))
    manifest = Manifest(SHA256, 2048, SIGNATURE, "LogisticRegression", {}, made.id, RUN, "c0de", ())
    artifacts.write(places.manifest(SHA256), record.written(manifest))
    StepFunctionsWheel(platform.machine).start(registry.model("flights", Ref(Noun.RUN, RUN)).run(RUN))
    request = approve.Asked("flights", RUN, 1, 1, TOKEN)
    approve.ask(request, registry=registry, tasks=StepFunctionsTasks(), clock=SystemClock())
    return platform


def decided(platform: Platform, who: str, verb: str = "approve") -> dict[str, Any]:
    """What a lead of this name is answered who approves of the run, or rejects or cancels it."""
    return asked(platform, who, "POST /models/{model}/runs/{run}/" + verb, run=RUN)


def asked(platform: Platform, who: str, route: str, **named: str) -> dict[str, Any]:
    """What a lead of this name is answered by this route about flights."""
    place = {"model": "flights", **named}
    sent = event("promote", routeKey=route, rawPath=route.split()[1].format(**place), pathParameters=place)
    sent["headers"] = {"content-type": "application/json"}
    sent["requestContext"]["authorizer"]["jwt"]["claims"] |= {"sub": who, "cognito:groups": "[ml-leads]"}
    return platform.call("api", sent)


def lineage(platform: Platform, noun: str, ident: str) -> Any:
    """The way from a prediction, or from an upload."""
    place = {"routeKey": f"GET /{noun}s/{{{noun}}}/lineage", "rawPath": f"/{noun}s/{ident}/lineage"}
    return platform.call("api", event("lineage", **place, pathParameters={noun: ident}))["json"]


def test_who_approved_is_named_from_the_prediction_and_from_the_file_with_time_and_reason(waiting: Platform) -> None:
    receipt = decided(waiting, "lin")["json"]
    order = step_order(RUN, "promote", "it passed every gate")
    decide(waiting.registry, lambda model: model.promote(order, 1, SystemClock().now()), Ref(Noun.VERSION, 1))
    answered = PredictionId("flights", 1, Role.CHAMPION, str(ULID()), 0)
    agreed = {"by": "lin", "at": receipt["at"], "reason": WHY, "run": RUN}
    back = lineage(waiting, "prediction", str(answered))
    assert back["approval"] == agreed
    [version] = lineage(waiting, "upload", back["uploads"][0]["id"])["versions"]
    assert version["approvals"] == [agreed]


def test_who_started_the_run_is_forbidden_and_the_second_decision_is_a_conflict(waiting: Platform) -> None:
    assert (decided(waiting, "ada")["statusCode"], decided(waiting, "lin")["statusCode"]) == (403, 200)
    second = decided(waiting, "kim", "reject")
    assert (second["statusCode"], f"{RUN} was approved by lin at 2" in second["json"]["detail"]) == (409, True)


OVERTAKES = "POST /models/{model}/versions/{version}/promote"
CANCELS = "POST /models/{model}/runs/{run}/cancel"


@pytest.mark.parametrize(
    ("route", "reason", "stage"), [(OVERTAKES, "overtaken", "champion"), (CANCELS, "cancelled", "candidate")]
)
def test_a_person_who_overtakes_or_cancels_the_run_that_waits_wins(
    waiting: Platform, route: str, reason: str, stage: str
) -> None:
    assert asked(waiting, "bob", route, version="1", run=RUN)["statusCode"] == 200
    about = Ref(Noun.RUN, RUN), Ref(Noun.VERSION, 1), Ref(Noun.APPROVAL, RUN)
    model = waiting.registry.model("flights", *about)
    run, approval = model.run(RUN), hold.held(model, RUN)
    assert (run.status, run.reason.code, approval.status) == ("cancelled", reason, "withdrawn")
    assert (model.version(1).stage, model.head.running) == (stage, None)
    assert StepFunctionsWheel(waiting.machine).execution(RUN).state is State.ABORTED
    late = decided(waiting, "lin")
    assert (late["statusCode"], f"run {RUN} was withdrawn at 2" in late["json"]["detail"]) == (409, True)


def test_neither_answers_nor_log_lines_hold_the_token(waiting: Platform, capsys: pytest.CaptureFixture[str]) -> None:
    answers = [decided(waiting, who) for who in ("ada", "lin", "kim")]
    told = "".join(str(answer) for answer in answers) + "".join(capsys.readouterr())
    assert TOKEN not in told
    assert waiting.registry.model("flights", Ref(Noun.APPROVAL, RUN)).items
