"""Decisions typed by people: back, out, in again, a drill; each says what became of it and what to try next."""

from shared.domain.execution import Execution, State
from tests.unit.api.models import replaced
from tests.unit.treadle.desk import Desk


def test_rollback_says_which_version_is_the_champion_again(desk: Desk) -> None:
    replaced(desk.gateway)
    seen = desk.type("rollback", "flights", "-m", "callers complain")
    assert (seen.status, seen.out) == (0, "flights: version 1 is champion now (it was draining)\n")
    assert seen.next == "treadle models show flights"
    assert desk.type("models", "show", "flights", "--json").json["champion"] == 1


def test_rollback_without_a_reason_decides_nothing(desk: Desk) -> None:
    replaced(desk.gateway)
    assert desk.type("rollback", "flights").status == 2
    assert desk.type("models", "show", "flights", "--json").json["champion"] == 2


def test_a_retired_version_is_shown_with_why_and_what_its_callers_do(desk: Desk) -> None:
    replaced(desk.gateway)
    assert desk.type("retire", "flights", "1", "-m", "nobody calls it", "-q").out == "1\n"
    seen = desk.type("versions", "show", "flights", "1")
    assert "by ada: nobody calls it" in seen.out
    assert "version 2 answers instead: it is better" in seen.out
    assert seen.next == "treadle restore flights 1"


def test_a_champion_is_not_retired(desk: Desk) -> None:
    replaced(desk.gateway)
    seen = desk.type("retire", "flights", "2", "-m", "a mistake", "--json")
    assert (seen.status, seen.json["error"]["slug"]) == (1, "stage-conflict")


def test_restore_is_a_run_that_can_be_watched(desk: Desk) -> None:
    replaced(desk.gateway)
    desk.type("retire", "flights", "1", "-m", "go")
    seen = desk.type("restore", "flights", "1", "-m", "it was better in winter", "-q")
    run = seen.out.strip()
    assert desk.type("runs", "show", "flights", run, "--json").json["begin_at"] == "score"


def test_restore_that_is_waited_for_ends_as_the_gates_say(desk: Desk) -> None:
    replaced(desk.gateway)
    desk.type("retire", "flights", "1", "-m", "go")
    desk.wire.before = lambda request: _ends(desk, "gate_failed", "roc_auc lost 0.02") if _looks(request) else None
    seen = desk.type("restore", "flights", "1", "-m", "it was better in winter", "--wait")
    assert seen.status == 1
    assert "rejected: roc_auc lost 0.02" in seen.out


def test_a_version_is_reproduced_without_a_reason_since_nothing_is_decided(desk: Desk) -> None:
    replaced(desk.gateway)
    run = desk.type("versions", "reproduce", "flights", "1", "-q").out.strip()
    shown = desk.type("runs", "show", "flights", run, "--json").json
    assert (shown["begin_at"], shown["version"], shown["step"]) == ("train", 1, "train")
    assert shown["cause"]["detail"].endswith("asked for it: to prove that it can be made again")


def test_a_version_that_is_not_reproduced_ends_in_a_1_with_how_far_it_is_off(desk: Desk) -> None:
    replaced(desk.gateway)
    said = "other bytes; 8 golden rows are answered within 1.0e-02"
    desk.wire.before = lambda request: _ends(desk, "not_reproduced", said) if _looks(request) else None
    seen = desk.type("versions", "reproduce", "flights", "1", "--wait")
    assert (seen.status, f"rejected: {said}" in seen.out) == (1, True)


def test_a_drill_that_is_taken_back_is_done_well(desk: Desk) -> None:
    replaced(desk.gateway)
    desk.wire.before = lambda request: _ends(desk, "rolled_back", "31 of 100 rows failed") if _looks(request) else None
    seen = desk.type("drill", "flights", "-m", "to see it", "--wait")
    assert (seen.status, "31 of 100 rows failed" in seen.out) == (0, True)


def test_a_drill_that_nobody_noticed_is_not(desk: Desk) -> None:
    replaced(desk.gateway)
    said = "the drill was not noticed: no row failed"
    desk.wire.before = lambda request: _ends(desk, "drill_unnoticed", said) if _looks(request) else None
    seen = desk.type("drill", "flights", "-m", "to see it", "--wait")
    assert (seen.status, said in seen.out) == (3, True)


def test_the_audit_tells_who_moved_what_and_why(desk: Desk) -> None:
    replaced(desk.gateway)
    seen = desk.type("audit", "flights", "--limit", "1")
    assert "version 2: candidate → champion; version 1: champion → draining" in seen.out
    assert "it is better" in seen.out
    assert "… and more: treadle audit flights --limit 2" in seen.out
    assert len(desk.type("audit", "flights", "-q").out.split()) > 5


def _looks(request: object) -> bool:
    """Whether the command looks how its run goes."""
    return "/runs/run_" in str(getattr(request, "url", ""))


def _ends(desk: Desk, code: str, detail: str) -> None:
    """The machine of the open run ends so."""
    running = desk.gateway.world.model().head.running
    if running:
        desk.gateway.world.ends(running.run, Execution(State.FAILED, code, detail))
