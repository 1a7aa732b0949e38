"""Monitor: what follows from a finding, as the spec says."""

from datetime import timedelta

import pytest

from shared.domain.change import Noun, Ref
from shared.domain.errors import Conflict
from shared.domain.finding import Finding
from shared.domain.run import CauseKind, Run, RunStatus
from shared.domain.stage import Stage
from tests.unit.lifecycle.watched import DATA, Watched, airline
from tests.unit.lifecycle.weeks import SPRING, Flights, flights


def late(days: int = 14) -> Flights:
    return flights(SPRING, days, seed=2, later=0.2)


def watched(on_drop: str) -> Watched:
    return Watched(airline(monitor={"on_drop": on_drop}))


def first(watch: Watched) -> Finding:
    return watch.findings()[0]


def run_of(watch: Watched, run: str) -> Run:
    return watch.model(Ref(Noun.RUN, run)).run(run)


def test_a_finding_is_told_in_one_sentence_with_its_figures() -> None:
    watch = watched("tell")
    watch.sees(late())
    found = first(watch)
    assert (found.reaction, found.run) == ("tell", "")
    assert found.detail.startswith("8 April 00:00 to 15 April 00:00 the answers became worse: outcome ")
    assert "alarm at 0." in found.detail
    assert watch.wheel.started == {}


def test_a_retrain_is_a_run_that_the_finding_caused() -> None:
    watch = watched("retrain")
    watch.sees(late())
    found = first(watch)
    run = run_of(watch, found.run)
    assert (found.reaction, run.status, run.by) == ("retrain", RunStatus.RUNNING, "treadle:monitor")
    assert (run.cause.kind, run.cause.id) == (CauseKind.FINDING, found.id)
    assert list(watch.wheel.started) == [found.run]


def test_a_retrain_without_new_outcomes_says_so_and_does_not_run() -> None:
    data = {**DATA, "checks": {"rows": {"min": 100_000}}}
    watch = Watched(airline(monitor={"on_drop": "retrain"}, data=data))
    watch.sees(late())
    found = first(watch)
    assert (found.reaction, found.run, watch.wheel.started) == ("no_new_outcomes", "", {})
    assert found.detail.endswith("no retraining: 4,032 new outcomes since the last data, 10,000 are needed")


class Torn(Conflict):
    """The power went out."""


def test_a_check_that_broke_off_after_its_run_began_finds_the_same_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = watched("retrain")
    watch.asks(late())
    watch.hears(late())
    whole = watch.wheel.start

    def torn(run: Run) -> None:
        whole(run)
        raise Torn("torn")

    monkeypatch.setattr(watch.wheel, "start", torn)
    with pytest.raises(Torn):
        watch.looks()
    assert watch.findings() == ()
    monkeypatch.setattr(watch.wheel, "start", whole)
    watch.looks()
    assert [first(watch).run] == list(watch.wheel.started)


def test_roll_back_returns_to_the_version_before_whatever_runs() -> None:
    watch = watched("roll_back")
    watch.sees(flights(SPRING, 14, seed=3))
    watch.replaced()
    watch.sees(flights(SPRING + timedelta(weeks=2), 14, seed=2, later=0.2), number=2)
    model = watch.model(Ref(Noun.VERSION, 1), Ref(Noun.VERSION, 2))
    assert first(watch).reaction == "roll_back"
    assert (model.version(1).stage, model.version(2).stage) == (Stage.CHAMPION, Stage.DRAINING)
    assert [waiting[1] for waiting in watch.drains.started] == [2]


def test_roll_back_with_nothing_to_go_back_to_tells() -> None:
    watch = watched("roll_back")
    watch.sees(late())
    found = first(watch)
    assert found.reaction == "tell"
    assert found.detail.endswith("no version drains that could answer again")
