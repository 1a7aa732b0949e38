"""Stage: where a version stands, and the one table of what leads where."""

from enum import StrEnum

from shared.domain.errors import Problem, StageConflict


class Stage(StrEnum):
    """A version's stage; a shadow is a challenger whose share is 0."""

    CANDIDATE = "candidate"
    CHALLENGER = "challenger"
    CHAMPION = "champion"
    DRAINING = "draining"
    RETIRED = "retired"
    REJECTED = "rejected"
    PURGED = "purged"


class Verb(StrEnum):
    """What moves a version from stage to stage."""

    CHALLENGE = "challenge"
    PROMOTE = "promote"
    REJECT = "reject"
    REPLACE = "replace"
    ROLLBACK = "rollback"
    RETIRE = "retire"
    RESTORE = "restore"
    PURGE = "purge"


TRANSITIONS: dict[tuple[Stage, Verb], Stage] = {
    (Stage.CANDIDATE, Verb.CHALLENGE): Stage.CHALLENGER,
    (Stage.CANDIDATE, Verb.PROMOTE): Stage.CHAMPION,
    (Stage.CANDIDATE, Verb.REJECT): Stage.REJECTED,
    (Stage.CHALLENGER, Verb.PROMOTE): Stage.CHAMPION,
    (Stage.CHALLENGER, Verb.REJECT): Stage.REJECTED,
    (Stage.CHAMPION, Verb.REPLACE): Stage.DRAINING,
    (Stage.DRAINING, Verb.ROLLBACK): Stage.CHAMPION,
    (Stage.DRAINING, Verb.RETIRE): Stage.RETIRED,
    (Stage.RETIRED, Verb.RESTORE): Stage.CANDIDATE,
    (Stage.REJECTED, Verb.RESTORE): Stage.CANDIDATE,
    (Stage.RETIRED, Verb.PURGE): Stage.PURGED,
    (Stage.REJECTED, Verb.PURGE): Stage.PURGED,
}

LED_ON: dict[tuple[Stage, Verb], str] = {
    (Stage.CHAMPION, Verb.RETIRE): "a champion is replaced, never only retired: promote another version",
    (Stage.CHALLENGER, Verb.RETIRE): "a challenger is taken back: treadle rollback MODEL",
}
"""What to do instead, where it is known."""


def after(version: int, stage: Stage, verb: Verb) -> Stage:
    """The stage that the verb leads to; raises StageConflict, which names the stages that it starts from."""
    if (stage, verb) in TRANSITIONS:
        return TRANSITIONS[stage, verb]
    starts = " or ".join(before for before, way in TRANSITIONS if way is verb)
    raise StageConflict(
        f"version {version} is {stage}, so it cannot {verb}",
        Problem(
            "/version",
            f"{verb} starts from {starts}",
            stage,
            starts,
            LED_ON.get((stage, verb), "treadle versions list"),
        ),
    )
