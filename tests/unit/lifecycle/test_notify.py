"""Notify: each decision becomes events, and a letter to those whom it concerns."""

from shared.domain.change import Audit, Fact, Noun
from shared.domain.dataset import Reject
from shared.domain.execution import Execution, State
from shared.domain.run import Step
from shared.domain.upload import Upload
from shared.lifecycle import notify
from shared.ports.registry import Query
from tests import examples
from tests.unit.lifecycle.world import World

OWNER = "email:a@example.com"


def told(world: World) -> None:
    """The outbox is read to its end, oldest first."""
    for audit in reversed(world.registry.audit("flights").items):
        tell(world, audit)


def tell(world: World, audit: Audit) -> None:
    notify.run(audit, registry=world.registry, notices=world.notices, bus=world.bus)


def test_every_move_of_a_decision_is_one_event() -> None:
    world = World()
    world.applied()
    world.arrives()
    told(world)
    assert [event.type for event in world.bus.events] == ["spec.applied", "run.started", "upload.received"]


def test_an_event_told_twice_has_the_same_id() -> None:
    world = World()
    world.applied()
    told(world)
    told(world)
    first, second = world.bus.events
    assert first == second


def test_a_rejected_run_is_told_to_the_owners_with_line_and_column() -> None:
    world = World()
    world.applied()
    run = str(world.arrives("broken.csv").run)
    bad = Reject(17, "distance", "far away", "a number")
    step = Step("flights", run, "data", examples.NOON, 1.0, "2 of 100 rows rejected", (), (bad,))
    world.registry.commit(Fact(step, fence=run))
    world.ends(run, Execution(State.FAILED, "data_rejected", "2 of 100 rows are rejected, 1 % may be"))
    told(world)
    (letter,) = world.notices.heard(OWNER)
    assert "flights" in letter.subject
    for word in ("17", "distance", "far away", "a number", "broken.csv", run):
        assert word in letter.body


def test_a_failed_run_is_told_to_the_owners() -> None:
    world = World()
    world.applied()
    world.ends(world.arrives().run, Execution(State.TIMED_OUT))
    told(world)
    (letter,) = world.notices.heard(OWNER)
    assert "ran out of time" in letter.body


def test_who_is_no_longer_an_owner_hears_nothing_more() -> None:
    world = World()
    world.applied()
    world.applied({"notify": {"owners": ["email:b@example.com"]}})
    world.ends(world.arrives().run)
    told(world)
    assert not world.notices.heard(OWNER)
    assert len(world.notices.heard("email:b@example.com")) == 1


def test_a_stray_upload_is_told_to_the_platforms_owners() -> None:
    world = World()
    world.arrives("lost.csv", model="nobody")
    (stray,) = world.registry.page(Query(Noun.UPLOAD)).items
    assert isinstance(stray, Upload)
    notify.stray(stray, notices=world.notices, platform_owners=("email:platform@example.com",))
    (letter,) = world.notices.heard("email:platform@example.com")
    assert "nobody/datasets/lost.csv" in letter.body
