"""Monitor: a model that is trained every so often, unasked."""

from datetime import timedelta

from shared.domain.change import Noun
from shared.domain.run import CauseKind, Run
from shared.ports.registry import Query
from tests.examples import MODEL
from tests.unit.lifecycle.watched import Watched, airline
from tests.unit.lifecycle.weeks import SPRING, flights

WEEKS = flights(SPRING, 14, seed=2)


def weekly() -> Watched:
    """A model that is trained every week, and whose data version is of this week."""
    watch = Watched(airline(train={"every": "7d"}))
    watch.asks(WEEKS)
    watch.hears(WEEKS)
    return watch


def runs(watch: Watched) -> list[Run]:
    listed = watch.registry.page(Query(Noun.RUN, MODEL)).items
    return [run for run in listed if isinstance(run, Run) and run.cause.kind is CauseKind.SCHEDULE]


def test_a_slot_begins_one_run_however_often_it_is_looked_at() -> None:
    watch = weekly()
    watch.clock.pass_time(timedelta(weeks=1))
    watch.looks()
    watch.looks()
    [run] = runs(watch)
    assert run.cause.id == f"{MODEL}/2013-04-11T00:00:00+00:00"
    assert list(watch.wheel.started) == [run.id]
    watch.no_run()
    watch.looks()
    assert len(runs(watch)) == 1


def test_the_slot_that_the_data_came_in_is_not_trained_again() -> None:
    watch = weekly()
    watch.looks()
    assert runs(watch) == []


def test_the_next_slot_begins_the_next_run() -> None:
    watch = weekly()
    for _ in range(2):
        watch.clock.pass_time(timedelta(weeks=1))
        watch.looks()
        watch.no_run()
    assert len(runs(watch)) == 2


def test_an_open_run_is_waited_for() -> None:
    watch = weekly()
    watch.clock.pass_time(timedelta(weeks=1))
    watch.looks()
    watch.clock.pass_time(timedelta(weeks=1))
    watch.looks()
    assert len(runs(watch)) == 1
    watch.no_run()
    watch.looks()
    assert len(runs(watch)) == 2


def test_a_slot_without_new_outcomes_is_skipped_and_the_check_says_so() -> None:
    watch = Watched(airline(train={"every": "7d"}))
    watch.clock.pass_time(timedelta(weeks=1))
    watch.looks()
    watch.looks()
    assert runs(watch) == []
    [check] = watch.checks()
    assert check.note == "no retraining: 0 new outcomes since the last data, 500 are needed"
