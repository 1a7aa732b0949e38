"""The machine's verbs on the inputs of their states, one after the other: from an upload to a version that serves."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from shared.adapters.clients import client
from shared.domain import places, reproduction
from shared.domain.change import Noun, Ref
from shared.domain.errors import ArtifactRefused, DataRejected
from shared.domain.model import Model
from shared.domain.run import Cause, CauseKind, RunStatus, Step
from shared.domain.stage import Stage
from shared.ports.registry import Query
from tests import examples
from tests.examples import MODEL
from tests.integration.wheel.conftest import Event, Wheel, batch, message, recorded
from tests.unit.lifecycle.workshop import SECTIONS, january

FILE = "flights/datasets/january.csv"


@dataclass(slots=True)
class Machine:
    """The inputs of the states, as they become known: run, dataset, artifact, version."""

    wheel: Wheel
    known: Event = field(default_factory=dict)

    def receives(self, body: bytes) -> None:
        """A file is put into the data bucket, and trigger is told of it."""
        stored = client("s3").put_object(Bucket="data", Key=FILE, Body=body)
        arrived = {"key": FILE, "size": len(body), "version-id": stored["VersionId"], "sequencer": "00"}
        self.wheel.call("trigger", batch(message("upload_arrived", object=arrived)))
        running = self.wheel.registry.model(MODEL).head.running
        self.known["run"] = running.run if running else ""

    def goes(self, state: str, verb: str = "", **also: Any) -> Event:
        """The state is entered; the verb's answer."""
        told = recorded(f"state_{state}")
        given = {**told, **{name: value for name, value in self.known.items() if name in told}, **also}
        given |= {"attempt": {**told["attempt"], "run": self.known["run"]}} if "attempt" in told else {}
        answer: Event = self.wheel.call(verb or state, given)
        return answer

    def searches(self) -> None:
        """Rung after rung, until one is left."""
        entered = self.goes("rung", "train", rung=1)
        while True:
            for candidate in entered["candidates"]:
                self.goes("trial", "train", rung=entered["number"], candidate=candidate)
            if entered["last"]:
                break
            entered = self.goes("rung", "train", rung=entered["number"] + 1)
        self.known["rung"] = entered["number"]

    def learns(self) -> None:
        """From data to an artifact that was scored."""
        self.known |= self.goes("data")
        self.searches()
        self.known |= self.goes("refit", "train")
        self.known |= self.goes("score")

    def steps(self) -> list[str]:
        """The verbs that have said what came of them."""
        items = self.wheel.registry.page(Query(Noun.STEP, MODEL, run=self.known["run"])).items
        return [item.name for item in items if isinstance(item, Step)]


@pytest.fixture
def machine(wheel: Wheel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine on a disk of its own, for a model that waits for its first upload."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    spec = examples.applied(of=examples.spec(**SECTIONS))
    wheel.registry.commit(Model.unknown(MODEL).apply(examples.order("apply"), spec))
    return Machine(wheel)


def test_the_states_lead_from_an_upload_to_a_version_that_serves(machine: Machine) -> None:
    machine.receives(january())
    machine.learns()
    verdict = machine.goes("evaluate")
    assert (verdict["decision"], verdict["detail"][:18]) == ("accepted", "no limit is broken")
    machine.known |= machine.goes("register")
    assert machine.goes("deploy")["way"] == "all_at_once"
    machine.goes("promote")
    assert machine.steps() == ["data", "train", "score", "evaluate", "register", "deploy"]
    model = machine.wheel.registry.model(MODEL, Ref(Noun.VERSION, 1))
    assert model.serving.champion is not None
    assert model.serving.champion.artifact == model.version(1).artifact == machine.known["artifact"]
    assert (model.version(1).stage, model.version(1).dataset) == (Stage.CHAMPION, machine.known["dataset"])
    assert machine.wheel.run(machine.known["run"]).status is RunStatus.SUCCEEDED


def test_a_version_that_is_reproduced_goes_from_the_search_to_the_end_that_compare_gives_it(machine: Machine) -> None:
    machine.receives(january())
    machine.learns()
    machine.goes("evaluate")
    machine.known |= machine.goes("register")
    machine.goes("promote")
    registry = machine.wheel.registry
    model = registry.model(MODEL, Ref(Noun.VERSION, 1))
    run, asked = "run_00000000000000000000000009", examples.order("reproduce")
    cause = Cause(CauseKind.COMMAND, asked.id)
    registry.commit(reproduction.begin(model, asked, 1, cause, run, datetime.now(UTC)))
    machine.known |= {"run": run}
    machine.searches()
    machine.known |= machine.goes("refit", "train")
    answers = [machine.goes("compare", "score") for _ in range(2)]
    assert answers[0] == answers[1]
    assert (answers[0]["outcome"], "the same to the byte" in answers[0]["detail"]) == ("reproduced", True)
    assert machine.steps() == ["train", "compare"]
    ended = machine.wheel.run(run)
    assert (ended.status, ended.reason.code) == (RunStatus.SUCCEEDED, "reproduced")


def test_states_that_are_tried_again_answer_alike_and_register_once(machine: Machine) -> None:
    machine.receives(january())
    assert machine.goes("data") == machine.goes("data")
    machine.learns()
    assert machine.goes("refit", "train") == {"artifact": machine.known["artifact"]}
    assert machine.goes("evaluate") == machine.goes("evaluate")
    assert [machine.goes("register")["version"] for _ in range(2)] == [1, 1]
    assert len(machine.wheel.registry.page(Query(Noun.VERSION, MODEL)).items) == 1
    card = client("s3").get_object(Bucket="artifacts", Key=places.card(MODEL, machine.known["run"]))["Body"].read()
    assert machine.known["artifact"] in card.decode()


def test_data_that_is_refused_names_its_cells_and_leaves_no_data_version(machine: Machine) -> None:
    machine.receives(january().replace(b"B6", b"", 600))
    with pytest.raises(DataRejected):
        machine.goes("data")
    [step] = machine.wheel.registry.page(Query(Noun.STEP, MODEL, run=machine.known["run"])).items
    assert isinstance(step, Step)
    assert {reject.column for reject in step.rejects} == {"carrier"}
    assert machine.wheel.registry.page(Query(Noun.DATASET, MODEL)).items == ()


def test_an_artifact_whose_bytes_were_changed_is_not_scored(machine: Machine) -> None:
    machine.receives(january())
    machine.learns()
    key = places.artifact(machine.known["artifact"])
    client("s3").put_object(Bucket="artifacts", Key=key, Body=b"another model")
    with pytest.raises(ArtifactRefused):
        machine.goes("score")
