"""Deploy on the input of its state: the way that a version goes, by what serves and what the pinned spec says."""

from datetime import UTC, datetime

import pytest

from shared.adapters.clients import client
from shared.adapters.dynamodb_profiles import DynamoProfiles
from shared.adapters.dynamodb_servings import DynamoServings
from shared.domain.change import Noun, Ref
from shared.domain.errors import Superseded
from shared.domain.hour import Counted, Folded, Folding, Tally
from shared.domain.run import RunStatus, Step
from shared.domain.stage import Stage
from shared.ports.registry import Query
from tests.examples import MODEL, applied, later, order, spec
from tests.history import decide, having_applied, having_ended, having_promoted, having_received, having_registered
from tests.integration.wheel.conftest import RUN, Wheel, recorded

EARLIER = "run_00000000000000000000000000"
AT_ONCE = {"way": "all_at_once", "step": 0, "revision": 0, "since_ms": 0, "until_ms": 0, "wait_s": 0}
CANARY = {**recorded("state_deploy"), "version": 2, "spec": 2}


def steps(wheel: Wheel) -> list[str]:
    """What the run's steps say came of them."""
    items = wheel.registry.page(Query(Noun.STEP, MODEL, run=RUN)).items
    return [item.outcome for item in items if isinstance(item, Step)]


def having_a_canary(wheel: Wheel) -> None:
    """Version 1 serves, version 2 is the candidate of a run under a careful spec."""
    having_applied(wheel.registry)
    having_a_careful_spec(wheel)
    having_received(wheel.registry, "january", EARLIER, 2)
    having_promoted(wheel.registry, having_registered(wheel.registry, EARLIER, 3), 4, run=EARLIER)
    having_received(wheel.registry, "february", RUN, 5)
    having_registered(wheel.registry, RUN, 6)


def having_a_careful_spec(wheel: Wheel) -> None:
    """Spec 2 wants a share of the callers first."""
    careful = spec(deploy={"steps": [{"share": "20%", "bake": "1h"}]})
    decide(wheel.registry, lambda model: model.apply(order("careful"), applied(2, careful, later(1))))


def test_the_first_version_takes_over_at_once(wheel: Wheel) -> None:
    having_applied(wheel.registry)
    having_received(wheel.registry, "january", RUN)
    assert wheel.call("deploy", recorded("state_deploy")) == AT_ONCE
    assert steps(wheel) == ["version 1 takes over at once"]


def test_a_state_that_is_tried_again_goes_the_same_way_and_says_so_once(wheel: Wheel) -> None:
    having_applied(wheel.registry)
    having_received(wheel.registry, "january", RUN)
    answers = [wheel.call("deploy", recorded("state_deploy")) for _ in range(2)]
    assert (answers, len(steps(wheel))) == ([AT_ONCE] * 2, 1)


def test_beside_a_champion_a_careful_spec_gives_the_version_its_share(wheel: Wheel, table: str) -> None:
    having_a_canary(wheel)
    answers = [wheel.call("deploy", CANARY) for _ in range(2)]
    serving = DynamoServings(table).serving(MODEL)
    assert answers[0] == answers[1]
    assert (answers[0]["way"], answers[0]["revision"], answers[0]["wait_s"]) == ("canary", serving.revision, 20)
    assert [(arm.name, arm.share) for arm in serving.arms] == [("1c", 0.8), ("2h", 0.2)]
    assert steps(wheel) == [
        "version 2 answers 20% of the rows for 1h; no call is counted yet, so what it can show is unknown"
    ]


def test_a_canary_that_does_harm_is_judged_and_taken_back(wheel: Wheel, table: str) -> None:
    having_a_canary(wheel)
    gone = wheel.call("deploy", CANARY)
    tally = Tally(gone["revision"], "2013-04-01T12", {"1c": Counted(200, 0), "2h": Counted(50, 17)})
    DynamoProfiles(table).put(Folding(MODEL, "2013-04-01T12", 1, tallies=(tally,)))
    told = {name: gone[name] for name in ("revision", "until_ms")}
    looked = {**recorded("state_judge"), "spec": 2, **told}
    client("s3").put_object(Bucket="captures", Key=f"captured/{datetime.now(UTC):%Y/%m/%d/%H}/1", Body=b"")
    key = client("s3").list_objects_v2(Bucket="captures")["Contents"][0]["Key"]
    DynamoProfiles(table).fold(Folded(key, {MODEL: datetime.now(UTC)}, {}, {}))
    judged = wheel.call("judge", looked)
    assert (judged["outcome"], judged["seen"]["evidence"]["challenger"]) == ("roll_back", {"rows": 50, "failed": 17})
    receipts = [wheel.call("rollback", recorded("state_rollback")) for _ in range(2)]
    serving = DynamoServings(table).serving(MODEL)
    assert receipts == [{"revision": serving.revision}] * 2
    assert [(arm.name, arm.share) for arm in serving.arms] == [("1c", 1.0)]
    assert (wheel.run(RUN).status, wheel.run(RUN).reason.code) == (RunStatus.REJECTED, "rolled_back")
    assert wheel.registry.model(MODEL, Ref(Noun.VERSION, 2)).version(2).stage is Stage.REJECTED


def test_a_run_that_has_ended_goes_no_way(wheel: Wheel) -> None:
    having_applied(wheel.registry)
    having_received(wheel.registry, "january", RUN)
    having_ended(wheel.registry, RUN, 1)
    with pytest.raises(Superseded):
        wheel.call("deploy", recorded("state_deploy"))
    assert steps(wheel) == []
