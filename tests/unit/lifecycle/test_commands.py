"""What people command: apply, start, cancel; each answered once, for ever."""

from dataclasses import replace

import pytest

from shared.domain.change import Fact
from shared.domain.errors import KeyReused, RequestRefused, RevisionMoved, RunConflict, Superseded
from shared.domain.execution import Execution, State
from shared.domain.order import step_order
from shared.domain.run import RunStatus
from shared.lifecycle import apply, cancel, start
from tests import examples
from tests.unit.lifecycle.world import World


def test_a_spec_gets_the_next_number() -> None:
    world = World()
    world.applied()
    world.applied({"about": "another"})
    assert world.model().head.spec == 2


def test_a_command_that_is_sent_again_is_answered_with_its_first_receipt() -> None:
    world = World()
    first = world.applied()
    again = world.applied()
    assert again == replace(first, replayed=True)
    assert world.model().head.spec == 1


def test_the_same_key_with_another_body_is_refused() -> None:
    world = World()
    world.applied()
    order = replace(examples.order("apply"), body="one")
    apply.run(apply.Request(examples.spec(), order), registry=world.registry, clock=world.clock)
    with pytest.raises(KeyReused):
        apply.run(
            apply.Request(examples.spec(), replace(order, body="two")), registry=world.registry, clock=world.clock
        )


def test_a_command_on_an_older_revision_is_refused() -> None:
    world = World()
    world.applied()
    order = examples.order("apply", revision=0)
    with pytest.raises(RevisionMoved):
        apply.run(apply.Request(examples.spec(), order), registry=world.registry, clock=world.clock)


def test_training_without_data_says_how_to_get_some() -> None:
    world = World()
    world.applied()
    with pytest.raises(RequestRefused) as refused:
        start.run(start.Request("flights", examples.order("train")), **world.starting())
    assert "treadle upload flights" in refused.value.problems[0].fix


def test_training_again_runs_on_the_data_so_far() -> None:
    world = World()
    world.applied()
    first = world.arrives().run
    accepted = examples.dataset(str(first))
    world.registry.commit(world.model().accept(step_order(str(first), "data", "read"), accepted))
    world.ends(first)
    receipt = start.run(start.Request("flights", examples.order("train")), **world.starting())
    run = world.run(receipt.run)
    assert (run.status, run.dataset, run.uploads) == (RunStatus.RUNNING, accepted.id, ())


def test_a_cancelled_run_ends_and_its_machine_is_stopped() -> None:
    world = World()
    world.applied()
    run = str(world.arrives().run)
    request = cancel.Request("flights", run, examples.order("cancel"))
    cancel.run(request, registry=world.registry, wheel=world.wheel, clock=world.clock)
    assert world.run(run).status is RunStatus.CANCELLED
    assert world.wheel.execution(run).over


def test_a_run_that_has_ended_cannot_be_cancelled() -> None:
    world = World()
    world.applied()
    run = str(world.arrives().run)
    world.ends(run)
    with pytest.raises(RunConflict):
        cancel.run(
            cancel.Request("flights", run, examples.order("cancel")),
            registry=world.registry,
            wheel=world.wheel,
            clock=world.clock,
        )


def test_a_step_of_a_cancelled_run_cannot_write() -> None:
    world = World()
    world.applied()
    run = str(world.arrives().run)
    request = cancel.Request("flights", run, examples.order("cancel"))
    cancel.run(request, registry=world.registry, wheel=world.wheel, clock=world.clock)
    with pytest.raises(Superseded):
        world.registry.commit(Fact(examples.step(run, "train"), fence=run))
    with pytest.raises(Superseded):
        world.registry.commit(world.model().accept(step_order(run, "data", "read"), examples.dataset(run)))


def test_the_same_spec_applied_twice_is_one_version() -> None:
    world = World()
    world.applied()
    again = examples.order("apply the same again")
    receipt = apply.run(apply.Request(examples.spec(), again), registry=world.registry, clock=world.clock)
    assert (receipt.was, receipt.now, world.model().head.spec) == ("applied", "applied", 1)


def test_uploads_of_a_run_that_failed_are_read_by_the_next_one() -> None:
    world = World()
    world.applied()
    failed = world.arrives("january.csv")
    (january,) = world.run(failed.run).uploads
    world.ends(failed.run)
    (*covered, _) = world.run(world.arrives("february.csv").run).uploads
    assert covered == [january]


def test_training_again_after_a_failure_reads_its_upload() -> None:
    world = World()
    world.applied()
    failed = world.arrives()
    world.ends(failed.run)
    receipt = start.run(start.Request("flights", examples.order("train")), **world.starting())
    assert world.run(receipt.run).uploads == world.run(failed.run).uploads


def test_uploads_that_were_rejected_are_not_read_again() -> None:
    world = World()
    world.applied()
    world.ends(world.arrives("broken.csv").run, Execution(State.FAILED, "data_rejected", "no rows"))
    assert len(world.run(world.arrives("mended.csv").run).uploads) == 1


def test_uploads_that_were_accepted_before_the_failure_are_not_read_twice() -> None:
    world = World()
    world.applied()
    failed = str(world.arrives("january.csv").run)
    world.registry.commit(world.model().accept(step_order(failed, "data", "read"), examples.dataset(failed)))
    world.ends(failed)
    assert len(world.run(world.arrives("february.csv").run).uploads) == 1
