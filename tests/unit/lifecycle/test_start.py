"""Start: what was answered is answered again, whatever has become of the data since."""

from dataclasses import replace

from shared.lifecycle import start
from tests.examples import MODEL, order
from tests.unit.lifecycle.world import World


def test_a_run_that_took_up_the_unread_files_is_answered_again_when_none_are_left() -> None:
    world = World()
    world.applied()
    world.ends(world.arrives().run)
    request = start.Request(MODEL, order("train"))
    first = start.run(request, **world.starting())
    assert start.run(request, **world.starting()) == replace(first, replayed=True)
