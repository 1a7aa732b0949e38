"""Deploy on the input of its state: the way that a version goes, by what serves and what the pinned spec says."""

import pytest

from shared.domain.change import Noun
from shared.domain.errors import Superseded
from shared.domain.run import Step
from shared.ports.registry import Query
from tests.examples import MODEL, applied, later, order, spec
from tests.history import decide, having_applied, having_ended, having_promoted, having_received, having_registered
from tests.integration.wheel.conftest import RUN, Wheel, recorded

EARLIER = "run_00000000000000000000000000"


def steps(wheel: Wheel) -> list[str]:
    """What the run's steps say came of them."""
    items = wheel.registry.page(Query(Noun.STEP, MODEL, run=RUN)).items
    return [item.outcome for item in items if isinstance(item, Step)]


def having_a_careful_spec(wheel: Wheel) -> None:
    """Spec 2 wants a share of the callers first."""
    careful = spec(deploy={"steps": [{"share": "20%", "bake": "1h"}]})
    decide(wheel.registry, lambda model: model.apply(order("careful"), applied(2, careful, later(1))))


def test_the_first_version_takes_over_at_once(wheel: Wheel) -> None:
    having_applied(wheel.registry)
    having_received(wheel.registry, "january", RUN)
    assert wheel.call("deploy", recorded("state_deploy")) == {"way": "all_at_once"}
    assert steps(wheel) == ["version 1 takes over at once"]


def test_a_state_that_is_tried_again_goes_the_same_way_and_says_so_once(wheel: Wheel) -> None:
    having_applied(wheel.registry)
    having_received(wheel.registry, "january", RUN)
    answers = [wheel.call("deploy", recorded("state_deploy")) for _ in range(2)]
    assert (answers, len(steps(wheel))) == ([{"way": "all_at_once"}] * 2, 1)


def test_beside_a_champion_a_careful_spec_holds_the_version(wheel: Wheel) -> None:
    having_applied(wheel.registry)
    having_a_careful_spec(wheel)
    having_received(wheel.registry, "january", EARLIER, 2)
    having_promoted(wheel.registry, having_registered(wheel.registry, EARLIER, 3), 4, run=EARLIER)
    having_received(wheel.registry, "february", RUN, 5)
    assert wheel.call("deploy", {**recorded("state_deploy"), "version": 2, "spec": 2}) == {"way": "hold"}
    assert steps(wheel) == ["version 2 waits: treadle promote flights 2"]


def test_a_run_that_has_ended_goes_no_way(wheel: Wheel) -> None:
    having_applied(wheel.registry)
    having_received(wheel.registry, "january", RUN)
    having_ended(wheel.registry, RUN, 1)
    with pytest.raises(Superseded):
        wheel.call("deploy", recorded("state_deploy"))
    assert steps(wheel) == []
