"""Forgeries: each is an honest decision on a reading that lies about one thing, or one with one stamp that is wrong."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from shared.domain import hold
from shared.domain.approval import Approval, ApprovalStatus
from shared.domain.change import Change, Fact, Item, Move, Noun, Ref
from shared.domain.head import Open
from shared.domain.item import standing
from shared.domain.model import Model
from shared.domain.reason import Reason
from shared.domain.run import RunStatus
from shared.domain.serving import Arm, Role
from shared.domain.stage import Stage
from shared.domain.upload import Upload, UploadStatus
from tests.examples import cause, dataset, decided, step, upload, version
from tests.proofs.lie import Lie, Unfit
from tests.proofs.stamps import STAMPS, honest, other_spec


def _retired_is_promoted(lie: Lie) -> Change:
    number = int(standing(lie.one(Noun.VERSION, Stage.RETIRED, Stage.REJECTED, Stage.PURGED)).ref.id)
    told = lie.told(lie.model.version(number), Stage.CANDIDATE)
    return told.promote(lie.order, number, lie.hand.now())


def _what_left_is_tried_still(lie: Lie) -> Change:
    if lie.model.serving.champion is None:
        raise Unfit
    number = int(_ref(lie.one(Noun.VERSION, Stage.CANDIDATE, Stage.RETIRED, Stage.REJECTED, Stage.PURGED)).id)
    told = lie.told(lie.model.version(number), Stage.CHALLENGER)
    arms = tuple(arm for arm in told.serving.arms if arm.role is not Role.CHALLENGER)
    head = replace(told.head, running=Open("run_x", RunStatus.RUNNING))
    told = replace(told, head=head, serving=replace(told.serving, arms=arms))
    return told.challenge(replace(lie.order, run="run_x"), Arm(number, Role.CHALLENGER, 0.2, "ab12"), lie.hand.now())


def _run_ends_again(lie: Lie) -> Change:
    run = lie.over()
    head = replace(lie.model.head, running=Open(run.id, RunStatus.RUNNING))
    return lie.headed(head).end(lie.order, run.id, RunStatus.FAILED, Reason("error", "again"), lie.hand.now())


def _run_starts_again(lie: Lie) -> Change:
    run = lie.over()
    head = replace(lie.model.head, running=None, pace=None, queued=Open(run.id, RunStatus.QUEUED))
    return lie.headed(head).start_queued(lie.order, run.id, lie.hand.now())


def _upload_joins_what_is_over(lie: Lie) -> Change:
    head = replace(lie.model.head, queued=Open(lie.over().id, RunStatus.QUEUED), replaces=False)
    name, run, now = f"careless-{lie.order.id}", lie.hand.around.ids.new("run"), lie.hand.now()
    return lie.headed(head).receive(lie.order, upload(name, at=now), cause(name), run, now)


def _drill_of_a_run_that_is_over(lie: Lie) -> Change:
    run, own = lie.over().id, lie.model.serving.champion
    if own is None:
        raise Unfit
    order = replace(lie.order, run=run)
    head = replace(lie.model.head, running=Open(run, RunStatus.RUNNING))
    return lie.headed(head).challenge(order, Arm(own.version, Role.CHALLENGER, 0.2, "broken"), lie.hand.now())


def _spec_that_is_not_there(lie: Lie) -> Change:
    newest = lie.model.spec(lie.model.head.spec)
    absent = replace(newest, number=newest.number + 1)
    told = Model(replace(lie.model.head, spec=absent.number), lie.model.serving, {_ref(absent): absent}, {})
    return told.apply(lie.order, absent)


def _ref(item: Item) -> Ref:
    return standing(item).ref


def _number_used_twice(lie: Lie) -> Change:
    used = lie.one(Noun.VERSION, *Stage)
    head = replace(lie.model.head, next_version=int(_ref(used).id), running=Open("run_x", RunStatus.RUNNING))
    return lie.headed(head).register(replace(lie.order, run="run_x"), version("run_x", lie.hand.now()))


def _spec_number_used_twice(lie: Lie) -> Change:
    return lie.model.apply(lie.order, other_spec(lie, lie.model.head.spec))


def _run_begins_twice(lie: Lie) -> Change:
    head = replace(lie.model.head, running=None, queued=None, pace=None)
    return lie.headed(head).begin(lie.order, cause("nothing"), lie.over().id, lie.hand.now())


def _upload_comes_twice(lie: Lie) -> Change:
    known = lie.one(Noun.UPLOAD, UploadStatus.RECEIVED)
    assert isinstance(known, Upload)
    model = replace(lie.model, items={})
    run, now = lie.hand.around.ids.new("run"), lie.hand.now()
    return model.receive(lie.order, replace(known, run=""), cause("twice"), run, now)


def _upload_was_expected(lie: Lie) -> Change:
    known = lie.one(Noun.UPLOAD, UploadStatus.RECEIVED)
    assert isinstance(known, Upload)
    told, run, now = lie.told(known, UploadStatus.EXPECTED), lie.hand.around.ids.new("run"), lie.hand.now()
    return told.receive(lie.order, replace(known, run=""), cause("expected"), run, now)


def _upload_is_refused_that_came(lie: Lie) -> Change:
    known = lie.one(Noun.UPLOAD, UploadStatus.RECEIVED)
    return lie.model.refuse(lie.order, str(_ref(known).id), Reason("never_came", "it did not come"), lie.hand.now())


def _dataset_is_accepted_twice(lie: Lie) -> Change:
    run = lie.one(Noun.DATASET, "accepted").id.replace("ds_", "run_")  # type: ignore[union-attr]  # datasets have one
    head = replace(lie.model.head, running=Open(run, RunStatus.RUNNING))
    return lie.headed(head).accept(replace(lie.order, run=run), dataset(run, lie.hand.now()))


def _approval_is_asked_twice(lie: Lie) -> Change:
    """Of a run whose move is left out: hardly one still runs that was asked about before."""
    known = _approval(lie, *ApprovalStatus)
    head = replace(lie.model.head, running=Open(known.run, RunStatus.RUNNING))
    order, again = replace(lie.order, run=known.run), replace(known, status=ApprovalStatus.ASKED)
    change = decided(hold.ask(replace(lie.model, head=head, items={}), order, again))
    return replace(change, moves=tuple(move for move in change.moves if move.noun is Noun.APPROVAL))


def _approval_is_open_again(lie: Lie) -> Change:
    """As if nobody had decided on it."""
    known = _approval(lie, *(status for status in ApprovalStatus if status is not ApprovalStatus.ASKED))
    told = lie.told(known, ApprovalStatus.ASKED)
    head = replace(lie.model.head, running=Open(known.run, RunStatus.WAITING))
    again = replace(known, status=ApprovalStatus.ASKED)
    return hold.ask(replace(told, head=head), replace(lie.order, run=known.run), again)


def _approval_is_withdrawn_that_is_decided(lie: Lie) -> Change:
    known = _approval(lie, *(status for status in ApprovalStatus if status is not ApprovalStatus.ASKED))
    change = honest(lie)
    withdrawn = Move(Noun.APPROVAL, known.run, ApprovalStatus.ASKED, ApprovalStatus.WITHDRAWN)
    return replace(change, moves=(*change.moves, withdrawn))


def _approval(lie: Lie, *states: ApprovalStatus) -> Approval:
    known = lie.one(Noun.APPROVAL, *states)
    assert isinstance(known, Approval)
    return known


def _step_of_a_run_that_is_over(lie: Lie) -> Change:
    run = lie.over().id
    return Fact(step(run, f"careless-{lie.order.id}", lie.hand.now()), run)


FORGERIES: Mapping[str, Callable[[Lie], Change]] = {
    "a version that left is promoted": _retired_is_promoted,
    "a version is tried still that is not": _what_left_is_tried_still,
    "a run ends a second time": _run_ends_again,
    "a run that is over starts": _run_starts_again,
    "an upload joins a run that is over": _upload_joins_what_is_over,
    "a run that is over tries a copy": _drill_of_a_run_that_is_over,
    "a spec is the newest that is not there": _spec_that_is_not_there,
    "a version number is used twice": _number_used_twice,
    "a spec number is used twice": _spec_number_used_twice,
    "a run begins twice": _run_begins_twice,
    "an upload comes twice": _upload_comes_twice,
    "an upload was expected that has come": _upload_was_expected,
    "an upload is refused that has come": _upload_is_refused_that_came,
    "a data version is accepted twice": _dataset_is_accepted_twice,
    "an approval is asked for twice": _approval_is_asked_twice,
    "an approval is open again": _approval_is_open_again,
    "an approval is withdrawn that is decided": _approval_is_withdrawn_that_is_decided,
    "a run that is over records a step": _step_of_a_run_that_is_over,
    **STAMPS,
}
"""What somebody forgot to look at."""

SELDOM = frozenset(
    {
        "a version that left is promoted",
        "a version is tried still that is not",
        "an approval is asked for twice",
        "an approval is open again",
        "an approval is withdrawn that is decided",
    }
)
"""What needs a state that few models are in."""
