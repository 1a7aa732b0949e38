"""Sweep: captured rows that were never counted are announced again; files that never came are waited for no longer."""

from dataclasses import replace
from datetime import timedelta

from shared.domain.capture import PREFIX
from shared.domain.change import Noun, Ref
from shared.domain.hour import Folded
from shared.domain.run import RunStatus
from shared.domain.upload import Upload, UploadStatus
from shared.lifecycle import expect
from shared.ports.arrivals import Arrival
from shared.ports.registry import Query
from tests.examples import MODEL, order
from tests.fakes.doorstep import MemoryDoorstep
from tests.unit.lifecycle.world import World

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def delivered(world: World, minutes: int) -> str:
    """An object was delivered so many minutes ago, and nobody counted it."""
    at = world.clock.now() - minutes * MINUTE
    key = f"{PREFIX}{at:%Y/%m/%d/%H}/treadle-captures-1-{at:%Y-%m-%d-%H-%M-%S}-a"
    world.captures.write(key, b"")
    return key


def counted(world: World, key: str) -> None:
    """Fold is done with the object."""
    world.profiles.fold(Folded(key, {}, {}, {}))


def expected(world: World, name: str = "january") -> Upload:
    """Somebody announces a file."""
    request = expect.Request(MODEL, f"{name}.csv", 1024, "ab" * 32, order(f"upload {name}"))
    return expect.run(request, registry=world.registry, doorstep=MemoryDoorstep(), clock=world.clock).upload


def as_known(world: World, upload: Upload) -> Upload:
    return world.model(Ref(Noun.UPLOAD, upload.id)).upload(upload.id)


def applied() -> World:
    world = World()
    world.applied()
    return world


def test_an_object_that_was_never_counted_is_announced_until_it_is() -> None:
    world = applied()
    key = delivered(world, 30)
    assert (world.swept().captures, world.deliveries.announced) == (1, [key])
    counted(world, key)
    assert world.swept().captures == 0


def test_an_object_that_may_still_be_counted_is_left_alone() -> None:
    world = applied()
    delivered(world, 9)
    assert world.swept().captures == 0
    world.clock.pass_time(2 * MINUTE)
    assert world.swept().captures == 1


def test_the_oldest_are_announced_first_and_not_all_at_once() -> None:
    world = applied()
    keys = [delivered(world, minutes) for minutes in range(20, 170)]
    counted(world, keys[-1])
    world.swept()
    assert world.deliveries.announced == keys[-2:-102:-1]


def test_a_file_that_did_not_come_within_a_day_is_waited_for_no_longer_and_its_model_says_so() -> None:
    world = applied()
    upload = expected(world)
    world.clock.pass_time(DAY)
    assert world.swept().refused == 0
    world.clock.pass_time(HOUR)
    assert world.swept().refused == 1
    refused = as_known(world, upload)
    assert (refused.status, refused.reason) == (UploadStatus.REFUSED, "its file did not come within a day")
    (audit, *_) = world.registry.audit(MODEL).items
    assert (audit.receipt.action, audit.receipt.by) == ("refuse", "treadle:sweep")
    assert world.swept().refused == 0


def test_a_file_that_comes_after_all_is_the_upload_that_was_expected() -> None:
    world = applied()
    upload = expected(world)
    world.clock.pass_time(DAY + HOUR)
    world.swept()
    receipt = world.told_of(upload.place.key)
    received = as_known(world, upload)
    assert (received.status, received.by, received.run) == (UploadStatus.RECEIVED, "ada", receipt.run)
    assert len(world.registry.page(Query(Noun.UPLOAD, MODEL)).items) == 1


def test_an_expected_file_that_came_and_was_told_to_nobody_is_announced_and_not_refused() -> None:
    world = applied()
    upload = expected(world)
    world.clock.pass_time(DAY + HOUR)
    world.lies(upload.place.key, world.clock.now() - 2 * HOUR)
    found = world.swept()
    assert (found.uploads, found.refused) == (1, 0)
    received = as_known(world, upload)
    assert (received.status, world.run(received.run).status) == (UploadStatus.RECEIVED, RunStatus.RUNNING)


def test_what_lies_over_an_expected_file_that_came_is_found_where_its_event_was_lost() -> None:
    world = applied()
    upload = expected(world)
    world.told_of(upload.place.key)
    over = Arrival(replace(upload.place, version="2"), 1024, world.clock.now())
    world.arrivals.put(over)
    world.clock.pass_time(HOUR)
    assert world.swept().uploads == 1
    assert world.model(Ref(Noun.UPLOAD, over.place.identity)).upload(over.place.identity).place == over.place
    assert world.swept().uploads == 0
