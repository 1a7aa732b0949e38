"""Facts: what happened is put once, while the run that tells of it runs."""

from dataclasses import replace

import pytest

from shared.domain.change import Fact, Noun, Ref
from shared.domain.errors import Superseded
from shared.domain.upload import UploadStatus
from shared.ports.registry import Query, Registry
from tests.examples import MODEL, later, step, upload
from tests.history import RUN, having_applied, having_ended, having_received


def test_a_fact_is_put_once_and_the_first_stays(registry: Registry) -> None:
    having_applied(registry)
    having_received(registry, "january", RUN, 1)
    first = step(RUN, "data", later(2))
    receipt = registry.commit(Fact(first, RUN))
    registry.commit(Fact(first, RUN))
    registry.commit(Fact(replace(first, outcome="otherwise"), RUN))
    assert (receipt.action, receipt.id, receipt.run, receipt.revision) == ("record", first.id, RUN, 0)
    assert registry.model(MODEL, Ref(Noun.STEP, first.id)).items == {Ref(Noun.STEP, first.id): first}
    assert registry.model(MODEL).head.revision == 2


def test_a_run_that_has_ended_records_nothing(registry: Registry) -> None:
    having_applied(registry)
    having_received(registry, "january", RUN, 1)
    having_ended(registry, RUN, 2)
    with pytest.raises(Superseded):
        registry.commit(Fact(step(RUN, "train", later(3)), RUN))
    with pytest.raises(Superseded):
        registry.commit(Fact(step("run_9", "train", later(3)), "run_9"))
    assert registry.page(Query(Noun.STEP, MODEL, run=RUN)).items == ()


def test_what_a_run_recorded_before_it_ended_may_be_sent_again(registry: Registry) -> None:
    having_applied(registry)
    having_received(registry, "january", RUN, 1)
    registry.commit(Fact(step(RUN, "data", later(2)), RUN))
    having_ended(registry, RUN, 3)
    assert registry.commit(Fact(step(RUN, "data", later(4)), RUN)).id == step(RUN, "data").id


def test_a_stray_upload_is_kept_under_no_model(registry: Registry) -> None:
    stray = replace(upload("lost", ""), status=UploadStatus.REFUSED, reason="there is no model lost")
    registry.commit(Fact(stray))
    assert registry.page(Query(Noun.UPLOAD)).items == (stray,)
    assert registry.page(Query(Noun.UPLOAD, MODEL)).items == ()
