"""Notices: what people are told, and who is told."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Protocol

from shared.domain.errors import NotFound, Unavailable, Undelivered
from shared.domain.notice import Audience, Notice, Unreached
from shared.ports.slack import Slack


class Notices(Protocol):
    """One topic; each recipient hears of the models they are named for. Both raise Unavailable."""

    def subscribe(self, model: str, audience: Audience, recipients: tuple[str, ...]) -> tuple[str, ...]:
        """Make the audience of a model exactly these recipients; returns those whom the topic refuses."""
        ...

    def send(self, notice: Notice) -> None:
        """Tell the notice's audiences, each recipient once; raises Undelivered where the topic refuses it."""
        ...


def deliver(notice: Notice, channels: Iterable[str], notices: Notices, slack: Slack) -> tuple[Unreached, ...]:
    """Tell everybody who can be told, by the topic and then by channel of Slack; returns who could not be, and why.

    What may pass in a moment holds up nobody either: it is raised (Unavailable) once all the others are told.
    """
    return _given(notice, {"email and sms": partial(notices.send, notice), **_posts(notice, channels, slack)})


def post(notice: Notice, channels: Iterable[str], slack: Slack) -> tuple[Unreached, ...]:
    """Write a notice into channels of Slack, as deliver does."""
    return _given(notice, _posts(notice, channels, slack))


Ways = dict[str, Callable[[], None]]


def _posts(notice: Notice, channels: Iterable[str], slack: Slack) -> Ways:
    text = f"{notice.subject}\n\n{notice.body}"
    return {f"slack:{channel}": partial(slack.post, channel, text) for channel in channels}


def _given(notice: Notice, ways: Ways) -> tuple[Unreached, ...]:
    unreached = list[Unreached]()
    passing = list[Unavailable]()
    for recipient, give in ways.items():
        try:
            give()
        except (NotFound, Undelivered) as refused:
            unreached.append(Unreached(notice.id, notice.model, recipient, refused.detail))
        except Unavailable as busy:
            passing.append(busy)
    if passing:
        raise passing[0]
    return tuple(unreached)
