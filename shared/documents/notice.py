"""What people are written when something happened that they should know: a subject, plain text, and a brief."""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from jinja2 import Template

from shared.documents import lines
from shared.documents.happening import (
    ApprovalAsked,
    DrillUnnoticed,
    FindingMade,
    Happening,
    NoticeUndelivered,
    RolledBack,
    RunFailed,
    RunRejected,
    StrayUpload,
    VersionPromoted,
    VersionReinstated,
    VersionRetired,
)
from shared.documents.templates import template
from shared.domain.finding import Figure, Kind

_SUBJECT = 99
_BRIEF = 160
_SHOWN = 10

REACTIONS: Mapping[str, tuple[str, str]] = {
    "tell": ("Nothing is done by itself.", "Treadle does nothing more by itself."),
    "retrain": (
        "A retrain follows.",
        "Treadle retrains on all that has come in. Only what passes gates and judge replaces the champion.",
    ),
    "roll_back": (
        "It is rolled back.",
        "Treadle has rolled back: what was being tried is taken back, or else the version before answers again.",
    ),
    "no_new_outcomes": (
        "No retrain: too few new outcomes.",
        "Treadle does not retrain: too few new outcomes have come to learn from. It looks again at every check.",
    ),
}
"""What the policy made of a finding: in a few words, and in a sentence."""


@dataclass(frozen=True, slots=True)
class Letter:
    """Subject in one line of under 100 characters, body in lines of 72 at most, brief in one sentence of 160."""

    subject: str
    body: str
    brief: str


def notice(of: Happening) -> Letter:
    """The letter that tells of it: its template's first line is the subject, a second one the brief."""
    text = _TEMPLATES[type(of)].render(of=of, shown=_SHOWN, reactions=REACTIONS, drop=Kind.DROP)
    head, _, body = text.partition("\n\n")
    subject, _, brief = head.partition("\n")
    return Letter(
        textwrap.shorten(subject, _SUBJECT, placeholder="…"),
        body.strip("\n") + "\n",
        textwrap.shorten(brief or subject, _BRIEF, placeholder="..."),
    )


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M UTC")


def _leading(figure: Figure) -> str:
    """The figure that went furthest, in a few words."""
    now, threshold = (f"{number:.3g}" for number in (figure.value, figure.threshold))
    return f"{lines.named(figure)} {now}, threshold {threshold}"


_TEMPLATES: Mapping[type[Happening], Template] = {
    happening: template(
        f"{name}.txt.j2",
        line=lines.one_line,
        wrapped=lines.wrapped,
        rejected=lines.rejected,
        measured=lines.measured,
        named=lines.named,
        leading=_leading,
        instant=_instant,
    )
    for happening, name in (
        (RunRejected, "run_rejected"),
        (RunFailed, "run_failed"),
        (RolledBack, "rolled_back"),
        (DrillUnnoticed, "drill_unnoticed"),
        (ApprovalAsked, "approval_asked"),
        (VersionPromoted, "version_promoted"),
        (VersionReinstated, "version_reinstated"),
        (VersionRetired, "version_retired"),
        (FindingMade, "finding_made"),
        (StrayUpload, "stray_upload"),
        (NoticeUndelivered, "notice_undelivered"),
    )
}
