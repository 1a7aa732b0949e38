"""Desk: whom a letter goes to, and what becomes of one that does not arrive."""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.documents.happening import Happening, NoticeUndelivered
from shared.documents.notice import notice
from shared.domain.change import Noun, Ref
from shared.domain.event import Event
from shared.domain.notice import Audience, Notice, Unreached, channels
from shared.ports.notices import Notices, deliver, post
from shared.ports.registry import Registry
from shared.ports.slack import Slack


@dataclass(frozen=True, slots=True)
class Desk:
    """Letters to a model's people, whom its newest spec names: an old event brings no former owner back."""

    registry: Registry
    notices: Notices
    slack: Slack
    platform_owners: tuple[str, ...]

    def subscribe(self, event: Event) -> tuple[Unreached, ...]:
        """Make a model's audiences those of its newest spec."""
        named = self._named(event.model)
        refused = {one for who, to in named.items() for one in self.notices.subscribe(event.model, who, to)}
        why = "the topic refuses this recipient"
        return self.own_up(*(Unreached(event.id, event.model, recipient, why) for recipient in sorted(refused)))

    def tell(
        self, notice_id: str, model: str, audiences: tuple[Audience, ...], happening: Happening
    ) -> tuple[Unreached, ...]:
        """Write to a model's people, and to the platform's owners of whom that did not reach."""
        recipients = self._named(model)
        slack = channels(tuple(to for audience in audiences for to in recipients[audience]))
        said = _notice(notice_id, model, audiences, happening)
        return self.own_up(*deliver(said, slack, self.notices, self.slack))

    def own_up(self, *unreached: Unreached) -> tuple[Unreached, ...]:
        """Tell the platform's owners, in one letter, who was not told; nothing where everybody was."""
        if not unreached:
            return ()
        first, owners = unreached[0], self.platform_owners
        happening = NoticeUndelivered(first.model, first.notice, tuple((one.recipient, one.why) for one in unreached))
        lost = tell_platform(f"{first.notice}.undelivered", happening, owners, self.notices, self.slack)
        return (*unreached, *lost)

    def _named(self, model: str) -> Mapping[Audience, tuple[str, ...]]:
        newest = self.registry.model(model).head.spec
        spec = self.registry.model(model, Ref(Noun.SPEC, newest)).spec(newest).spec
        asked = spec.deploy.approval.by if spec.deploy.approval else ()
        addresses = tuple(f"email:{name}" for name in asked if "@" in name)
        return {
            Audience.OWNERS: spec.notify.owners,
            Audience.ON_CALL: spec.notify.on_call,
            Audience.APPROVERS: addresses,
        }


def tell_platform(
    notice_id: str, happening: Happening, owners: tuple[str, ...], notices: Notices, slack: Slack
) -> tuple[Unreached, ...]:
    """Write to the platform's owners; raises Undelivered where the topic refuses it, so that its alarm tells them."""
    notices.subscribe("", Audience.PLATFORM, owners)
    said = _notice(notice_id, "", (Audience.PLATFORM,), happening)
    notices.send(said)
    return post(said, channels(owners), slack)


def _notice(notice_id: str, model: str, audiences: tuple[Audience, ...], happening: Happening) -> Notice:
    letter = notice(happening)
    return Notice(notice_id, model, audiences, letter.subject, letter.body, letter.brief)
