"""Tempo: how fast the embedded cloud's clocks run changes nothing of what is found in a real April."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from shared.domain.finding import Finding, Kind
from tests.proofs.spring import Line, april, by_day, lines, version_1
from tests.proofs.stream import Stream
from tests.unit.lifecycle.workshop import Workshop

pytestmark = pytest.mark.slow
Found = Sequence[tuple[object, ...]]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """Version 1 serves."""
    return version_1(tmp_path_factory.mktemp("winter"))


@pytest.fixture(scope="module")
def calls(shop: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Sequence[Line]:
    """Every flight of April in the order of its hour."""
    return tuple(lines(shop, april(tmp_path_factory.mktemp("april"))))


@pytest.fixture(scope="module")
def slow(shop: Workshop, calls: Sequence[Line]) -> Stream:
    """Tempo 1, as on AWS."""
    return Stream(shop, tempo=1).smooth(calls)


def told(findings: Sequence[Finding]) -> Found:
    """All that a finding says, but not when it was found."""
    return [(one.id, one.version, one.kind, one.begins, one.ends, one.figures, one.detail) for one in findings]


def test_the_week_of_16_april_is_found(slow: Stream) -> None:
    [drop] = slow.findings()
    assert (drop.kind, drop.figures[0].statistic) == (Kind.DROP, "positives")
    assert datetime(2013, 4, 22, tzinfo=UTC) < drop.ends < datetime(2013, 4, 25, tzinfo=UTC)


def test_tempo_60_finds_what_tempo_1_finds(shop: Workshop, calls: Sequence[Line], slow: Stream) -> None:
    fast = Stream(shop, tempo=60).smooth(calls)
    assert len(fast.looks) >= 50 * len(slow.looks)
    assert told(fast.findings()) == told(slow.findings())


def test_objects_that_come_doubled_late_and_in_any_order_lead_to_equal_findings(
    shop: Workshop, calls: Sequence[Line], slow: Stream
) -> None:
    assert told(Stream(shop, tempo=60).rough(calls, seed=3).findings()) == told(slow.findings())


def test_callers_who_ask_about_a_days_flights_in_any_order_make_no_other_findings(
    shop: Workshop, slow: Stream, tmp_path: Path
) -> None:
    mixed = Stream(shop, tempo=60).smooth(tuple(lines(shop, by_day(april(tmp_path)))))
    [one], [other] = mixed.findings(), slow.findings()
    assert (one.id, one.kind, one.begins, one.ends) == (other.id, other.kind, other.begins, other.ends)
    assert [(figure.subject, figure.rows) for figure in one.figures] == [
        (figure.subject, figure.rows) for figure in other.figures
    ]
    assert [figure.value for figure in one.figures] == pytest.approx([figure.value for figure in other.figures])
