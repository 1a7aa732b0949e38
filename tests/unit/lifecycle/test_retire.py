"""Retire: a replaced version goes, by a person or when its time is over, and leaves an account of it."""

from datetime import timedelta

import pytest

from shared.domain import places
from shared.domain.change import Fact
from shared.domain.check import Check, Window
from shared.domain.errors import Conflict, NotFound, RevisionMoved, StageConflict
from shared.domain.finding import Figure, Finding, Kind
from shared.domain.retirement import Called
from shared.domain.stage import Stage
from shared.lifecycle.retire import Outcome
from tests.auditor import broken
from tests.examples import MODEL, later, order
from tests.unit.lifecycle.leaving import DEST, Leaving

BRIER = Figure("outcome", "brier", 0.208, 0.19, 0.166, 0.201, 0.215, 28_000)


@pytest.fixture
def leaving() -> Leaving:
    """Version 1 drains, version 2 answers."""
    return Leaving()


def test_a_version_whose_time_is_over_answers_nobody_any_more(leaving: Leaving) -> None:
    leaving.week_passes()
    assert leaving.drained() is Outcome.RETIRED
    assert leaving.stage(1) is Stage.RETIRED
    assert [arm.version for arm in leaving.arms] == [2]
    assert broken(leaving.registry, MODEL) == []


def test_waiting_twice_retires_once(leaving: Leaving) -> None:
    leaving.week_passes()
    assert [leaving.drained() for _ in range(3)] == [Outcome.RETIRED] * 3
    assert leaving.registry.audit(MODEL).items[0].receipt.action == "retire"
    assert [link.receipt.action for link in leaving.registry.audit(MODEL).items].count("retire") == 1


def test_who_comes_before_the_sunset_is_sent_to_wait(leaving: Leaving) -> None:
    with pytest.raises(Conflict, match="drains until 2013-04-08T12:07:00Z"):
        leaving.drained()
    assert leaving.stage(1) is Stage.DRAINING


def test_a_version_that_answers_again_is_kept_by_who_waited_for_it(leaving: Leaving) -> None:
    leaving.rolled_back(8)
    leaving.week_passes()
    assert leaving.drained() is Outcome.KEPT
    assert leaving.stage(1) is Stage.CHAMPION


def test_a_version_that_drains_anew_is_kept_by_who_waited_for_the_time_before(leaving: Leaving) -> None:
    leaving.rolled_back(8)
    leaving.rolled_back(9)
    leaving.week_passes()
    assert leaving.drained(since=later(7)) is Outcome.KEPT
    assert leaving.stage(1) is Stage.DRAINING
    assert leaving.drained(since=later(9)) is Outcome.RETIRED


def test_a_wait_that_ends_after_a_person_has_retired_it_changes_nothing(leaving: Leaving) -> None:
    receipt = leaving.asks(1, order("retire"))
    leaving.week_passes()
    assert leaving.drained() is Outcome.KEPT
    assert leaving.registry.model(MODEL).head.revision == receipt.revision
    assert leaving.account().by == "ada"


def test_a_person_retires_what_drains_at_once(leaving: Leaving) -> None:
    receipt = leaving.asks(1, order("retire"))
    assert (receipt.action, receipt.version, receipt.was, receipt.now) == ("retire", 1, "draining", "retired")
    assert leaving.stage(1) is Stage.RETIRED


def test_the_same_order_twice_retires_once_and_answers_alike(leaving: Leaving) -> None:
    first = leaving.asks(1, order("retire"))
    leaving.clock.pass_time(timedelta(hours=1))
    again = leaving.asks(1, order("retire"))
    assert (again.at, again.revision, again.replayed) == (first.at, first.revision, True)
    assert leaving.account().at == first.at


def test_a_champion_is_replaced_never_only_retired(leaving: Leaving) -> None:
    with pytest.raises(StageConflict) as refused:
        leaving.asks(2, order("retire"))
    assert refused.value.problems[0].fix.startswith("a champion is replaced, never only retired")
    assert leaving.stage(2) is Stage.CHAMPION


def test_what_is_refused_leaves_no_account(leaving: Leaving) -> None:
    with pytest.raises(RevisionMoved):
        leaving.asks(1, order("retire", revision=1))
    with pytest.raises(NotFound):
        leaving.asks(3, order("retire"))
    assert leaving.artifacts.keys(places.retirements(MODEL, 1)) == ()
    with pytest.raises(NotFound, match="never retired"):
        leaving.account()


def test_an_account_without_its_decision_does_not_count(leaving: Leaving) -> None:
    lost = places.retirement(MODEL, 1, order("lost").id)
    leaving.artifacts.write(lost, b"written before the decision, which never came")
    with pytest.raises(NotFound):
        leaving.account()
    leaving.asks(1, order("retire"))
    assert leaving.account().order == order("retire").id


def test_the_account_says_who_replaced_it_and_why(leaving: Leaving) -> None:
    leaving.week_passes()
    leaving.drained()
    account = leaving.account()
    assert (account.by, account.reason) == ("treadle:retire", "its time to drain is over")
    assert (account.drained_since, account.sunset) == (later(7), later(7) + timedelta(days=7))
    assert (account.replacement.version, account.replacement.at) == (2, later(7))
    assert account.replacement.reason == "promote 2, she said"


def test_the_account_quotes_the_last_check_the_last_finding_and_the_successors_verdict(leaving: Leaving) -> None:
    window = Window(later(0), later(60), 28_000, 27_000, (BRIER,))
    for minutes, number in ((1, 1), (2, 1), (8, 2)):
        check = Check(MODEL, f"chk_{minutes}", later(minutes), number, 1, drop=window, realised=(BRIER,))
        leaving.registry.commit(Fact(check))
    finding = Finding(
        MODEL, "fnd_1", later(3), 1, Kind.DROP, later(0), later(60), (BRIER,), "retrain", "outcomes moved by 9 points"
    )
    leaving.registry.commit(Fact(finding))
    leaving.asks(1, order("retire"))
    assert leaving.account().evidence == (
        "2013-04-01: brier 0.2080 (0.2010 to 0.2150) on 28,000 rows, with outcomes",
        "drop was found on 2013-04-01: outcomes moved by 9 points",
        "version 2 was accepted: no limit is broken: 2 of gates",
        "version 2 minus the champion of then: roc_auc +0.0320 (+0.0290 to +0.0340)",
    )


def test_a_version_that_nobody_watched_is_retired_all_the_same(leaving: Leaving) -> None:
    leaving.asks(1, order("retire"))
    assert all(sentence.startswith("version 2") for sentence in leaving.account().evidence)


def test_the_account_names_who_called_in_the_last_thirty_days(leaving: Leaving) -> None:
    leaving.called("desk", 1, 20, later(1))
    leaving.called("desk", 1, 5, later(61))
    leaving.called("app", 1, 700, later(2))
    leaving.called("app", 2, 9_000, later(8))
    leaving.called("forgotten", 1, 3, later(10) - timedelta(days=31))
    leaving.asks(1, order("retire"))
    assert leaving.account().callers == (Called("app", 700, later(2)), Called("desk", 25, later(61)))


def test_the_account_tells_callers_what_to_change(leaving: Leaving) -> None:
    leaving.asks(1, order("retire"))
    account = leaving.account()
    assert account.difference.added == (DEST,)
    assert account.steps == (
        "call POST /models/flights/predict, which always answers by the champion: version 2 now",
        "or pin the successor: POST /models/flights/versions/2/predict",
        "send dest (category), in every row",
        "to have version 1 judged again: treadle restore flights 1 -m REASON",
    )


def test_a_version_that_retires_once_more_has_a_second_account(leaving: Leaving) -> None:
    leaving.asks(1, order("retire"))
    leaving.restored(1, 20)
    leaving.rolled_back(21)
    leaving.asks(1, order("retire again"))
    assert leaving.account().order == order("retire again").id
    assert len(leaving.artifacts.keys(places.retirements(MODEL, 1))) == 2
