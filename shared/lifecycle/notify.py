"""Notify: the audit chain is the outbox; each decision becomes events on the bus, and letters to those it concerns."""

from collections.abc import Callable, Mapping

from shared.documents.notice import Happening, RunFailed, RunRejected, StrayUpload, VersionPromoted, notice
from shared.domain.change import Audit, Noun, Ref
from shared.domain.event import Event, events
from shared.domain.notice import Audience, Notice
from shared.domain.run import Run, Step
from shared.domain.upload import Upload
from shared.ports.bus import Bus
from shared.ports.notices import Notices
from shared.ports.registry import Query, Registry


def run(audit: Audit, *, registry: Registry, notices: Notices, bus: Bus) -> None:
    """Emit the decision's events; subscribe the owners a new spec names; write to them where it concerns them."""
    for event in events(audit):
        bus.emit(event)
        if event.type == "spec.applied":
            _subscribe(event, registry, notices)
        if write := LETTERS.get(event.type):
            _send(event.id, event.model, Audience.OWNERS, write(event, registry), notices)


def stray(upload: Upload, *, notices: Notices, platform_owners: tuple[str, ...]) -> None:
    """Tell the platform's owners of a file that no model waits for."""
    notices.subscribe("", Audience.PLATFORM, platform_owners)
    happening = StrayUpload(upload.place.bucket, upload.place.key, upload.bytes, upload.at, upload.reason)
    _send(upload.id, "", Audience.PLATFORM, happening, notices)


def _send(notice_id: str, model: str, audience: Audience, happening: Happening, notices: Notices) -> None:
    letter = notice(happening)
    notices.send(Notice(notice_id, model, audience, letter.subject, letter.body))


def _subscribe(event: Event, registry: Registry, notices: Notices) -> None:
    newest = registry.model(event.model).head.spec  # an old event that comes again brings no former owner back
    notify = registry.model(event.model, Ref(Noun.SPEC, newest)).spec(newest).spec.notify
    notices.subscribe(event.model, Audience.OWNERS, notify.owners)
    notices.subscribe(event.model, Audience.ON_CALL, notify.on_call)


def _rejected(event: Event, registry: Registry) -> Happening:
    run, last, serving = _told(event, registry)
    file = ""
    if run.uploads:
        latest = Ref(Noun.UPLOAD, run.uploads[-1])
        file = registry.model(event.model, latest).upload(str(latest.id)).place.key
    findings = (last.outcome,) if last.name == "evaluate" else ()
    bad = len({reject.line for reject in last.rejects})
    return RunRejected(
        event.model, run.id, last.name, event.code, event.detail, file, bad, last.rejects, findings, serving
    )


def _failed(event: Event, registry: Registry) -> Happening:
    run, last, serving = _told(event, registry)
    return RunFailed(event.model, run.id, last.name, event.code, event.detail, serving)


def _promoted(event: Event, registry: Registry) -> Happening:
    del registry  # the event says it all
    return VersionPromoted(event.model, int(event.subject), event.by, event.reason, event.at)


LETTERS: Mapping[str, Callable[[Event, Registry], Happening]] = {
    "run.rejected": _rejected,
    "run.failed": _failed,
    "version.promoted": _promoted,
}
"""The events that people are written about; the others are for programs."""


def _told(event: Event, registry: Registry) -> tuple[Run, Step, int | None]:
    """The run, the last step that it got to, and what serves."""
    model = registry.model(event.model, Ref(Noun.RUN, event.subject))
    run = model.run(event.subject)
    steps = registry.page(Query(Noun.STEP, event.model, run=run.id)).items
    none = Step(run.model, run.id, "data", run.since, 0.0, "")
    last = max((step for step in steps if isinstance(step, Step)), key=lambda step: step.at, default=none)
    return run, last, model.serving.champion.version if model.serving.champion else None
