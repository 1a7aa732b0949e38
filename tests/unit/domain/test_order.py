"""Order: a repeat has the id of the first."""

from shared.domain.names import is_id
from shared.domain.order import command_id, step_order


def test_a_step_that_runs_twice_gives_one_order() -> None:
    assert step_order("run_1", "data", "read") == step_order("run_1", "data", "read")
    assert step_order("run_1", "data", "read").id == step_order("run_1", "data", "read again").id


def test_every_step_of_every_run_has_an_order_of_its_own() -> None:
    ids = {step_order(run, step, "").id for run in ("run_1", "run_2") for step in ("data", "register")}
    assert len(ids) == 4


def test_an_order_of_a_step_says_which_run_and_verb_ask() -> None:
    order = step_order("run_1", "register", "it passed every gate")
    assert (order.run, order.by, order.reason) == ("run_1", "treadle:register", "it passed every gate")


def test_a_command_has_the_id_of_who_asked_and_under_which_key() -> None:
    assert command_id("ada", "k1") != command_id("ben", "k1")
    assert is_id("cmd", command_id("ada", "k1"))
