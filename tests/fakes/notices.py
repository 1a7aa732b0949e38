"""Notices in memory: who heard what."""

from shared.domain.errors import Problem, Undelivered
from shared.domain.notice import Audience, Notice


class MemoryNotices:
    """Audiences, and the letters that came to each recipient.

    Recipients may be `refused`, as SNS does with numbers that are none; a model may be in `silenced`, so that none of
    its notices is taken.
    """

    def __init__(self, refused: frozenset[str] = frozenset(), silenced: frozenset[str] = frozenset()) -> None:
        self._refused = refused
        self._silenced = silenced
        self._audiences: dict[tuple[str, Audience], tuple[str, ...]] = {}
        self.sent: list[Notice] = []
        self._letters: list[tuple[str, Notice]] = []

    def subscribe(self, model: str, audience: Audience, recipients: tuple[str, ...]) -> tuple[str, ...]:
        """Make the audience of a model exactly these recipients; returns those who are refused."""
        reachable = (one for one in recipients if one not in self._refused and not one.startswith("slack:"))
        self._audiences[model, audience] = tuple(dict.fromkeys(reachable))
        return tuple(one for one in recipients if one in self._refused)

    def send(self, notice: Notice) -> None:
        """Tell the audiences of the notice's model; raises Undelivered for a silenced one."""
        if notice.model in self._silenced:
            raise Undelivered("the topic refuses the notice", Problem("", "silenced"))
        self.sent.append(notice)
        named = (self._audiences.get((notice.model, audience), ()) for audience in notice.audiences)
        self._letters += [(to, notice) for to in dict.fromkeys(to for audience in named for to in audience)]

    def heard(self, recipient: str) -> tuple[Notice, ...]:
        """What came to a recipient, oldest first."""
        return tuple(notice for to, notice in self._letters if to == recipient)
