"""A version that is purged while a run makes it once more: its bytes do not come back, and the run says why it ends."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from shared.domain import places
from shared.domain.change import Noun, Ref
from shared.domain.errors import NotFound
from shared.domain.run import Cause, CauseKind, RunStatus
from shared.domain.version import Version
from shared.lifecycle import compare, purge, reproduce, train
from tests.examples import order
from tests.fakes.eraser import MemoryEraser
from tests.fakes.objects import MemoryObjects
from tests.history import decide
from tests.unit.lifecycle.workshop import MODEL, SECTIONS, Workshop, january

Between = Callable[[], None]


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """Version 1 was made from January and is retired, since version 2, which has other bytes, has replaced it."""
    workshop = Workshop(tmp_path)
    workshop.world.applied(SECTIONS)
    workshop.turned(workshop.received("january.csv", january()))
    registry, at = workshop.world.registry, workshop.world.clock.now()
    again, cause = "run_again", Cause(CauseKind.COMMAND, "cmd_again")
    decide(registry, lambda model: model.begin(order("train"), cause, again, at))
    other = replace(version_1(workshop), run=again, artifact="cd" * 32)
    decide(registry, lambda model: model.register(order("register", run=again), other))
    about = Ref(Noun.VERSION, 1), Ref(Noun.VERSION, 2)
    decide(registry, lambda model: model.promote(order("promote", run=again), 2, at), *about)
    decide(registry, lambda model: model.retire(order("retire"), 1, at), *about)
    return workshop


def version_1(workshop: Workshop) -> Version:
    return workshop.world.model(Ref(Noun.VERSION, 1)).version(1)


def begun(workshop: Workshop) -> train.Request:
    """Ada asks for version 1 once more; its run as it enters the search."""
    request = reproduce.Request(MODEL, 1, order("reproduce"))
    run = workshop.world.run(reproduce.run(request, **workshop.world.starting()).run)
    return train.Request(MODEL, run.id, run.spec, run.dataset, 1)


def searched(workshop: Workshop, request: train.Request) -> train.Request:
    """Every rung is climbed; the request to refit the winner."""
    rung = workshop.call(train.enter, request)
    for candidate in rung.candidates:
        workshop.call(train.attempt, replace(request, candidate=candidate))
    return request if rung.last else searched(workshop, replace(request, rung=request.rung + 1))


def purged(workshop: Workshop) -> None:
    """Eve erases version 1."""
    world, eraser = workshop.world, MemoryEraser(workshop.artifacts)
    purge.run(purge.Request(MODEL, 1, order("purge")), registry=world.registry, eraser=eraser, clock=world.clock)


def compared(workshop: Workshop, run: str, artifact: str) -> compare.Result:
    return workshop.call(compare.run, compare.Request(MODEL, run, 1, artifact))


def gone(workshop: Workshop) -> bool:
    """Nobody can read the bytes of version 1."""
    try:
        workshop.artifacts.read(places.artifact(version_1(workshop).artifact))
    except NotFound:
        return True
    return False


def ended(workshop: Workshop, run: str) -> tuple[RunStatus, str, str]:
    over = workshop.world.run(run)
    return over.status, over.reason.code, over.reason.detail


SAID = RunStatus.REJECTED, "not_reproduced", "version 1 was purged meanwhile, and its artifact is not made again"


def test_what_is_purged_before_the_refit_is_not_written_again(workshop: Workshop) -> None:
    request = searched(workshop, begun(workshop))
    purged(workshop)
    made = workshop.twice(train.refit, request).artifact
    assert (made, gone(workshop), workshop.changed) == (version_1(workshop).artifact, True, [])
    assert compared(workshop, request.run, made).outcome == "not_reproduced"
    assert (ended(workshop, request.run), gone(workshop)) == (SAID, True)


def test_what_is_purged_after_the_refit_stays_away(workshop: Workshop) -> None:
    request = searched(workshop, begun(workshop))
    made = workshop.call(train.refit, request).artifact
    purged(workshop)
    workshop.call(train.refit, request)  # an attempt that was given up, and goes on
    compared(workshop, request.run, made)
    assert (ended(workshop, request.run), gone(workshop)) == (SAID, True)


def test_what_is_purged_while_it_is_compared_is_no_broken_run(workshop: Workshop) -> None:
    request = searched(workshop, begun(workshop))
    made = workshop.call(train.refit, request).artifact
    workshop.artifacts = Meanwhile(workshop.artifacts, places.manifest(made), lambda: purged(workshop))
    compared(workshop, request.run, made)
    assert (ended(workshop, request.run), gone(workshop)) == (SAID, True)


def test_bytes_that_are_lost_without_a_purge_are_an_error(workshop: Workshop) -> None:
    request = searched(workshop, begun(workshop))
    made = workshop.call(train.refit, request).artifact
    workshop.artifacts.forget(places.artifact(made))
    with pytest.raises(NotFound):
        compared(workshop, request.run, made)
    assert workshop.world.run(request.run).open


class Meanwhile(MemoryObjects):
    """The same bucket; somebody does something the moment that this key is read."""

    def __init__(self, bucket: MemoryObjects, key: str, deed: Between) -> None:
        self._bodies = bucket._bodies
        self._key = key
        self._deed: list[Between] = [deed]

    def read(self, key: str) -> bytes:
        """The whole newest body."""
        body = super().read(key)
        while key == self._key and self._deed:
            self._deed.pop()()
        return body
