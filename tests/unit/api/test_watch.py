"""What is watched: figures beside their thresholds, findings, callers, and what waits for a person."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from shared.domain.change import Fact
from shared.domain.check import Check, Window
from shared.domain.finding import Figure, Finding, Kind
from shared.domain.hour import Caller, Folding
from tests.examples import NOON
from tests.unit.api.gateway import Gateway
from tests.unit.api.models import registered

DAY = timedelta(days=1)
BEGINS = datetime(2013, 3, 16, tzinfo=UTC)
LATE = Figure("outcome", "positives", 0.34, 0.31, 0.22, 0.33, 0.35, 6400)
BRIER = Figure("outcome", "brier", 0.227, 0.2, 0.166, 0.22, 0.234, 6400)
DEST = Figure("dest", "psi", 0.08, 0.1, 0.0, 0.08, 0.08, 6800)
FORETOLD = replace(BRIER, value=0.171, low=0.168, high=0.174)


def week(day: int, *figures: Figure) -> Window:
    """The week that begins so many days after the first."""
    return Window(BEGINS + day * DAY, BEGINS + (day + 7) * DAY, 6800, 6400, figures)


def check(name: str, day: int, drift: Window | None = None, drop: Window | None = None) -> Check:
    """A check of version 1, so many days after noon."""
    realised = drop.figures if drop else ()
    estimated, foretold = (FORETOLD,) if drift else (), (FORETOLD,) if drop else ()
    return Check(
        "flights",
        f"chk_{name}",
        NOON + day * DAY,
        1,
        24,
        drift=drift,
        drop=drop,
        realised=realised,
        estimated=estimated,
        foretold=foretold,
    )


def finding(name: str, kind: Kind, day: int, reaction: str = "tell", run: str = "") -> Finding:
    """What was found so many days after noon."""
    begins = BEGINS + day * DAY
    detail = "late flights rose from 22% to 34%"
    return Finding(
        "flights",
        f"fnd_{name}",
        NOON + day * DAY,
        1,
        kind,
        begins,
        begins + 7 * DAY,
        (LATE, BRIER),
        reaction,
        detail,
        run,
    )


def watched() -> Gateway:
    """Version 1 is watched: its week was checked when it was over, and again when its outcomes were in."""
    gateway = registered(Gateway())
    first = check("1", 1, drift=week(0, DEST))
    second = check("2", 3, drift=week(2, DEST, replace(DEST, value=0.15)), drop=week(0, LATE, BRIER))
    for item in (first, second, finding("1", Kind.DROP, 0, "retrain", "run_1"), finding("2", Kind.DRIFT, 2)):
        gateway.world.registry.commit(Fact(item))
    return gateway


def test_before_the_first_check_nothing_is_known() -> None:
    gateway = registered(Gateway())
    drift, performance = (gateway.get(f"/models/flights/{word}").json for word in ("drift", "performance"))
    assert (drift["window"], drift["checked_at"], drift["findings"]) == (None, None, [])
    assert (performance["realised"], performance["estimated"], performance["version"]) == (None, None, None)
    assert (performance["metric"], performance["outcomes_within_s"]) == ("roc_auc", 172800.0)


def test_drift_is_the_newest_window_the_furthest_figure_first() -> None:
    drift = watched().get("/models/flights/drift").json
    assert (drift["version"], drift["checked_at"]) == (1, "2013-04-04T12:00:00Z")
    assert (drift["window"]["begins_at"], drift["window"]["rows"]) == ("2013-03-18T00:00:00Z", 6800)
    figures = drift["window"]["figures"]
    assert [(each["value"], each["threshold"], each["beyond"]) for each in figures] == [
        (0.15, 0.1, True),
        (0.08, 0.1, False),
    ]
    assert (figures[0]["subject"], figures[0]["statistic"], figures[0]["low"]) == ("dest", "psi", None)


def test_performance_has_the_outcomes_beside_what_was_foretold_of_the_same_week() -> None:
    performance = watched().get("/models/flights/performance").json
    realised = performance["realised"]
    assert (realised["begins_at"], realised["outcomes"], realised["rows"]) == ("2013-03-16T00:00:00Z", 6400, 6800)
    brier = next(each for each in realised["figures"] if each["statistic"] == "brier")
    assert (brier["value"], brier["low"], brier["high"], brier["usual"]) == (0.227, 0.22, 0.234, 0.166)
    assert [(each["statistic"], each["value"]) for each in performance["foretold"]] == [("brier", 0.171)]
    assert performance["estimated"]["begins_at"] == "2013-03-18T00:00:00Z"


def test_findings_are_told_by_their_kind_newest_first() -> None:
    gateway = watched()
    (drop,) = gateway.get("/models/flights/performance").json["findings"]
    assert (drop["kind"], drop["reaction"], drop["run"]) == ("drop", "retrain", "run_1")
    assert [each["statistic"] for each in drop["figures"]] == ["positives", "brier"]
    (drift,) = gateway.get("/models/flights/drift").json["findings"]
    assert (drift["id"], drift["run"], drift["detail"]) == ("fnd_2", None, "late flights rose from 22% to 34%")
    assert gateway.get("/models/flights/drift?since=2013-04-04T12:00:00Z").json["findings"] == []


def test_nothing_is_watched_of_a_model_that_is_not_there() -> None:
    for word in ("drift", "performance", "callers"):
        assert Gateway().get(f"/models/flights/{word}").slug == "not-found"


def test_callers_are_summed_by_version_the_busiest_first() -> None:
    gateway = registered(Gateway())
    slots = {"2013-04-01T10": (("desk", 1, 20), ("board", 1, 300)), "2013-04-01T11": (("desk", 1, 50), ("desk", 2, 7))}
    for slot, calls in slots.items():
        at = datetime.fromisoformat(f"{slot}:30+00:00")
        seen = tuple(Caller(name, version, slot, rows, at) for name, version, rows in calls)
        gateway.profiles.put(Folding("flights", slot, 1, callers=seen))
    items = gateway.get("/models/flights/callers").json["items"]
    assert [(each["version"], each["caller"], each["rows"]) for each in items] == [
        (2, "desk", 7),
        (1, "board", 300),
        (1, "desk", 70),
    ]
    assert items[2]["last_at"] == "2013-04-01T11:30:00Z"


def test_a_finding_that_nothing_followed_is_a_need_for_a_week() -> None:
    gateway = watched()
    gateway.post("/models/flights/versions/1/promote", {"reason": "go"})
    (need,) = gateway.get("/needs").json["items"]
    assert (need["kind"], need["finding"], need["command"]) == ("look", "fnd_2", "treadle drift flights")
    gateway.world.clock.pass_time(10 * DAY)
    assert gateway.get("/needs").json["items"] == []


def test_a_queued_run_says_which_run_it_waits_for() -> None:
    gateway = registered(Gateway())
    running = gateway.post("/models/flights/runs", {"reason": "again"}).json["run"]
    queued = gateway.post("/models/flights/runs", {"reason": "and again"}).json["run"]
    reason = gateway.get(f"/models/flights/runs/{queued}").json["reason"]
    assert reason == {"code": "run_open", "detail": f"it begins once run {running} has ended"}
    listed = gateway.get("/models/flights/runs?status=queued").json["items"]
    assert [each["reason"] for each in listed] == [reason]


def test_a_queued_run_says_when_the_pace_allows_it() -> None:
    gateway = Gateway()
    gateway.world.applied({"train": {"at_most": "1/day"}})
    first, second = (gateway.world.arrives(name).run for name in ("january.csv", "february.csv"))
    gateway.world.ends(first)
    reason = gateway.get(f"/models/flights/runs/{second}").json["reason"]
    assert reason["code"] == "pace_used_up"
    assert "2013-04-02 12:00:00Z" in reason["detail"]
