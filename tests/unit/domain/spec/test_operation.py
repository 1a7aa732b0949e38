"""Sections deploy, predict, monitor, retire and notify: what a spec says about a version at work."""

import pytest

from shared.domain.spec import resolve
from tests.unit.domain.spec.written import changed, refused


@pytest.mark.parametrize(
    ("steps", "pointer"),
    [
        ([{"share": "20%", "bake": "1h"}, {"shadow": "1h"}], "1/shadow"),
        ([{"shadow": "1h"}, {"shadow": "1h"}], "1/shadow"),
        ([{"share": "20%", "bake": "1h"}, {"share": "20%", "bake": "1h"}], "1/share"),
        ([{"share": "100%", "bake": "1h"}], "0/share"),
        ([{"share": "0%", "bake": "1h"}], "0/share"),
        ([{"share": "10%", "bake": "0s"}], "0/bake"),
        ([{"share": "10%"}], "0"),
        ([{"shadow": "1h", "share": "10%", "bake": "1h"}], "0"),
        ([{}], "0"),
    ],
)
def test_a_rollout_that_does_not_rise_is_refused(steps: object, pointer: str) -> None:
    assert list(refused(("/deploy/steps", steps))) == [f"/deploy/steps/{pointer}"]


def test_nobody_approves_unless_somebody_is_named() -> None:
    assert resolve(changed(("/deploy/approval", "none"))).deploy.approval is None
    assert "/deploy/approval" in refused(("/deploy/approval", "nobody"))
    assert "/deploy/approval/by" in refused(("/deploy/approval", {"by": [], "within": "24h"}))


@pytest.mark.parametrize("setting", ["every", "window"])
@pytest.mark.parametrize("value", ["90m", "0h", "1", 1, "-1h", "5000d", "1h\n", "١h"])
def test_a_check_looks_back_on_whole_hours(setting: str, value: object) -> None:
    assert f"/monitor/{setting}" in refused((f"/monitor/{setting}", value))


def test_a_window_is_no_shorter_than_the_time_between_checks() -> None:
    problem = refused(("/monitor", {"every": "1d", "window": "1h"}))["/monitor/window"]
    assert (problem.got, problem.expected) == ("1h", "at least every, which is 1d")


@pytest.mark.parametrize("recipient", ["flights@example.com", "email:x", "sms:0155", "slack:#flights", "email:a@b.c\n"])
def test_an_owner_who_cannot_be_reached_is_refused(recipient: str) -> None:
    assert list(refused(("/notify/owners/0", recipient))) == ["/notify/owners/0"]


def test_a_spec_without_an_owner_or_with_one_twice_is_refused() -> None:
    assert list(refused(("/notify/owners", []))) == ["/notify/owners"]
    assert list(refused(("/notify/owners", ["slack:a", "slack:a"]))) == ["/notify/owners/1"]
