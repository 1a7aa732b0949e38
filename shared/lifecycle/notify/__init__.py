"""Notify: decisions, findings and strays are the outbox; each becomes events on the bus, and letters to people.

What is told twice is told under the same id. Who cannot be told holds up nobody: the platform's owners hear of it.
"""

from shared.documents.happening import FindingMade, StrayUpload
from shared.domain import event as happened
from shared.domain.change import Audit
from shared.domain.errors import NotFound
from shared.domain.finding import Finding
from shared.domain.notice import Unreached
from shared.domain.upload import Upload
from shared.lifecycle.notify.case import Case
from shared.lifecycle.notify.desk import Desk, tell_platform
from shared.lifecycle.notify.letters import EVERYBODY, LETTERS, OWNERS, are_written
from shared.ports.bus import Bus
from shared.ports.notices import Notices
from shared.ports.objects import Objects
from shared.ports.registry import Registry
from shared.ports.slack import Slack

ROLLED_BACK = "roll_back"
"""The reaction by which a version is replaced because of the finding."""


def run(
    audit: Audit,
    *,
    registry: Registry,
    artifacts: Objects,
    notices: Notices,
    slack: Slack,
    bus: Bus,
    platform_owners: tuple[str, ...],
) -> tuple[Unreached, ...]:
    """Emit the decision's events; subscribe the people a new spec names; write to those it concerns.

    Returns who could not be told; raises Unavailable when telling it again may help.
    """
    desk = Desk(registry, notices, slack, platform_owners)
    unreached = list[Unreached]()
    for event in happened.events(audit):
        bus.emit(event)
        if event.type == "spec.applied":
            unreached += desk.subscribe(event)
        if are_written(event, audit):
            audiences, write = LETTERS[event.type]
            unreached += desk.tell(event.id, event.model, audiences, write(Case(event, audit, registry, artifacts)))
    return tuple(unreached)


def found(
    finding: Finding, *, registry: Registry, notices: Notices, slack: Slack, bus: Bus, platform_owners: tuple[str, ...]
) -> tuple[Unreached, ...]:
    """Emit the finding and tell the owners, and who is on call unless another version had replaced that one before.

    Returns who could not be told; raises Unavailable when telling it again may help.
    """
    bus.emit(happened.found(finding))
    desk = Desk(registry, notices, slack, platform_owners)
    try:
        champion = registry.model(finding.model).serving.champion
    except NotFound as unknown:
        return desk.own_up(Unreached(finding.id, finding.model, "owners", unknown.detail))
    serving = champion.version if champion else None
    at_once = serving == finding.version or finding.reaction == ROLLED_BACK
    return desk.tell(finding.id, finding.model, EVERYBODY if at_once else OWNERS, FindingMade(finding, serving))


def stray(upload: Upload, *, notices: Notices, slack: Slack, platform_owners: tuple[str, ...]) -> tuple[Unreached, ...]:
    """Tell the platform's owners of a file that no model waits for; returns whom that did not reach."""
    happening = StrayUpload(upload.place.bucket, upload.place.key, upload.bytes, upload.at, upload.reason)
    return tell_platform(upload.id, happening, platform_owners, notices, slack)
