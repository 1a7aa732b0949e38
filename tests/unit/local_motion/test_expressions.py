"""Schedule expressions: when a rate and a cron come next."""

from datetime import UTC, datetime, timedelta

import pytest

from local.clockwork.expressions import UnknownExpression, parse

MONDAY = datetime(2024, 1, 1, 12, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("expression", "later"),
    [
        ("rate(1 minute)", timedelta(minutes=1)),
        ("rate(5 minutes)", timedelta(minutes=5)),
        ("rate(2 hours)", timedelta(hours=2)),
        ("rate(1 day)", timedelta(days=1)),
    ],
)
def test_a_rate_comes_one_interval_later(expression: str, later: timedelta) -> None:
    assert parse(expression).next_after(MONDAY) == MONDAY + later


@pytest.mark.parametrize(
    ("expression", "next_one"),
    [
        ("cron(0 * * * ? *)", "2024-01-01T13:00"),
        ("cron(1 12 * * ? *)", "2024-01-01T12:01"),
        ("cron(0 12 * * ? *)", "2024-01-02T12:00"),
        ("cron(0/15 * * * ? *)", "2024-01-01T12:15"),
        ("cron(0 9 ? * MON-FRI *)", "2024-01-02T09:00"),
        ("cron(0 9 ? * 1 *)", "2024-01-07T09:00"),
        ("cron(30 8,20 * * ? *)", "2024-01-01T20:30"),
        ("cron(0 0 L * ? *)", "2024-01-31T00:00"),
        ("cron(0 0 29 FEB ? *)", "2024-02-29T00:00"),
        ("cron(0 0 1 1 ? 2030)", "2030-01-01T00:00"),
    ],
)
def test_a_cron_comes_at_the_first_matching_minute(expression: str, next_one: str) -> None:
    assert parse(expression).next_after(MONDAY) == datetime.fromisoformat(next_one).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "expression", ["every 5 minutes", "rate(5 fortnights)", "cron(0 * * *)", "cron(61 * * * ? *)", "cron(x * * * ? *)"]
)
def test_anything_else_is_refused(expression: str) -> None:
    with pytest.raises(UnknownExpression):
        parse(expression)


def test_a_cron_in_the_past_alone_is_refused() -> None:
    with pytest.raises(UnknownExpression):
        parse("cron(0 0 1 1 ? 1999)").next_after(MONDAY)
