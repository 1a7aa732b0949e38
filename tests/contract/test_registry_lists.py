"""Lists: newest first, page by page, narrowed by state, instant and run."""

from dataclasses import replace

import pytest

from shared.domain.change import Fact, Item, Noun, Ref
from shared.domain.errors import RequestRefused
from shared.domain.head import Head
from shared.domain.item import standing
from shared.ports.registry import Page, Query, Registry
from tests.examples import MODEL, dataset, later, order, step, upload
from tests.history import (
    NEXT,
    RUN,
    THIRD,
    decide,
    having_a_champion,
    having_applied,
    having_ended,
    having_promoted,
    having_received,
    having_registered,
    having_spec,
)


def ids(page: Page[Item | Head]) -> list[str | int]:
    return [item.model if isinstance(item, Head) else standing(item).ref.id for item in page.items]


def test_every_decision_is_audited_newest_first(registry: Registry) -> None:
    having_a_champion(registry)
    chain = registry.audit(MODEL).items
    assert [link.receipt.revision for link in chain] == [4, 3, 2, 1]
    assert [link.receipt.action for link in chain] == ["promote", "register", "receive", "apply"]
    assert [(move.noun, move.id, move.was, move.now) for move in chain[0].moves] == [
        (Noun.VERSION, 1, "candidate", "champion"),
        (Noun.RUN, RUN, "running", "succeeded"),
    ]


def test_the_audit_chain_is_read_page_by_page(registry: Registry) -> None:
    having_a_champion(registry)
    first = registry.audit(MODEL, 3)
    second = registry.audit(MODEL, 3, first.next)
    assert [link.receipt.revision for link in first.items + second.items] == [4, 3, 2, 1]
    assert second.next == ""
    assert registry.audit(MODEL, 4).next == ""


def test_the_audit_of_no_model_is_empty(registry: Registry) -> None:
    assert registry.audit("taxis").items == ()


def test_the_steps_of_a_run_come_in_the_order_they_were_done(registry: Registry) -> None:
    having_applied(registry)
    having_received(registry, "january", RUN, 1)
    for minutes, name in enumerate(("data", "train", "score", "evaluate"), start=2):
        registry.commit(Fact(step(RUN, name, later(minutes)), RUN))
    steps = registry.page(Query(Noun.STEP, MODEL, run=RUN)).items
    assert steps == tuple(
        step(RUN, name, later(at)) for at, name in enumerate(("data", "train", "score", "evaluate"), 2)
    )


def test_what_belongs_to_a_run_is_found_by_it(registry: Registry) -> None:
    having_applied(registry)
    having_received(registry, "january", RUN, 1)
    having_received(registry, "february", NEXT, 2)
    having_received(registry, "march", THIRD, 3)
    decide(registry, lambda model: model.accept(order("accept", run=RUN), dataset(RUN, later(4))))
    joined = registry.page(Query(Noun.UPLOAD, MODEL, run=NEXT)).items
    assert joined == tuple(
        replace(upload(name, at=later(at)), run=NEXT) for name, at in (("march", 3), ("february", 2))
    )
    assert registry.page(Query(Noun.DATASET, MODEL, run=RUN)).items == (dataset(RUN, later(4)),)


def test_models_are_listed_by_their_last_change(registry: Registry) -> None:
    having_applied(registry, "flights")
    having_applied(registry, "taxis")
    having_received(registry, "january", RUN, 1)
    heads = registry.page(Query(Noun.MODEL)).items
    assert heads == (registry.model("flights").head, registry.model("taxis").head)
    assert registry.page(Query(Noun.MODEL, since=later(1))).items == heads[:1]


def test_a_list_is_newest_first_and_of_one_model(registry: Registry) -> None:
    having_applied(registry, "taxis")
    having_applied(registry)
    for number in range(2, 13):
        having_spec(registry, number, minutes=number)
    assert ids(registry.page(Query(Noun.SPEC, MODEL))) == list(range(12, 0, -1))


def test_items_of_one_instant_are_listed_by_number(registry: Registry) -> None:
    having_applied(registry)
    for number in range(2, 12):
        having_spec(registry, number, minutes=0)
    assert ids(registry.page(Query(Noun.SPEC, MODEL))) == list(range(11, 0, -1))


def test_a_list_is_read_page_by_page_without_gap_or_repeat(registry: Registry) -> None:
    having_applied(registry)
    for number in range(2, 8):
        having_spec(registry, number, minutes=number)
    pages = [registry.page(Query(Noun.SPEC, MODEL, limit=3))]
    while pages[-1].next:
        pages.append(registry.page(Query(Noun.SPEC, MODEL, limit=3, cursor=pages[-1].next)))
    assert [len(page.items) for page in pages] == [3, 3, 1]
    assert [item for page in pages for item in page.items] == list(registry.page(Query(Noun.SPEC, MODEL)).items)


def having_three_runs(registry: Registry) -> None:
    """The first and the third were rejected, the second promoted its version."""
    having_applied(registry)
    having_received(registry, "january", RUN, 1)
    having_ended(registry, RUN, 2)
    having_received(registry, "february", NEXT, 3)
    having_promoted(registry, having_registered(registry, NEXT, 4), 5, run=NEXT)
    having_received(registry, "march", THIRD, 6)
    having_ended(registry, THIRD, 7)


def test_a_list_is_narrowed_by_state(registry: Registry) -> None:
    having_three_runs(registry)
    assert ids(registry.page(Query(Noun.RUN, MODEL, "rejected"))) == [THIRD, RUN]


def test_a_list_is_narrowed_to_the_runs_that_are_open(registry: Registry) -> None:
    having_three_runs(registry)
    having_received(registry, "april", "run_4", 8)
    assert ids(registry.page(Query(Noun.RUN, MODEL, "open"))) == ["run_4"]
    assert ids(registry.page(Query(Noun.RUN, state="open"))) == ["run_4"]


def test_a_list_is_narrowed_by_the_instant_from_which_on_it_is_asked_for(registry: Registry) -> None:
    having_three_runs(registry)
    assert ids(registry.page(Query(Noun.RUN, MODEL, since=later(3)))) == [THIRD, NEXT]


def test_a_narrowed_list_is_read_page_by_page_as_well(registry: Registry) -> None:
    having_three_runs(registry)
    first = registry.page(Query(Noun.RUN, MODEL, "rejected", limit=1))
    second = registry.page(Query(Noun.RUN, MODEL, "rejected", limit=1, cursor=first.next))
    assert (ids(first), ids(second), second.next) == ([THIRD], [RUN], "")


def test_open_runs_are_listed_over_all_models_until_they_end(registry: Registry) -> None:
    having_applied(registry)
    having_received(registry, "january", RUN, 1)
    having_received(registry, "february", NEXT, 2)
    assert ids(registry.page(Query(Noun.RUN))) == [NEXT, RUN]
    assert ids(registry.page(Query(Noun.RUN, state="queued"))) == [NEXT]
    having_ended(registry, RUN, 3)
    assert ids(registry.page(Query(Noun.RUN))) == [NEXT]
    decide(registry, lambda model: model.start_queued(order("start"), NEXT, later(4)), Ref(Noun.RUN, NEXT))
    assert ids(registry.page(Query(Noun.RUN))) == [NEXT]
    having_ended(registry, NEXT, 5)
    assert registry.page(Query(Noun.RUN)).items == ()


@pytest.mark.parametrize("cursor", ["x", "!", "bm9uZQ==", "e30=", "W10=", "é"])
def test_a_cursor_of_no_list_is_refused(registry: Registry, cursor: str) -> None:
    having_applied(registry)
    with pytest.raises(RequestRefused):
        registry.page(Query(Noun.SPEC, MODEL, cursor=cursor))
    with pytest.raises(RequestRefused):
        registry.audit(MODEL, cursor=cursor)


def test_a_cursor_of_another_list_is_refused(registry: Registry) -> None:
    having_applied(registry)
    having_spec(registry, 2, minutes=2)
    cursor = registry.page(Query(Noun.SPEC, MODEL, limit=1)).next
    with pytest.raises(RequestRefused):
        registry.page(Query(Noun.RUN, MODEL, cursor=cursor))
