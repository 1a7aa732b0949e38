"""A model on its way, for tests of what is shown: its spec, its data version, its first version."""

from dataclasses import replace
from datetime import timedelta

from shared.domain import places, record
from shared.domain.artifact import Manifest
from shared.domain.change import Fact, Noun, Ref
from shared.domain.dataset import Dataset, Reject
from shared.domain.execution import Execution, State
from shared.domain.order import step_order
from shared.domain.run import Step
from shared.domain.signature import Input, Output, Signature
from shared.domain.spec import Task
from shared.domain.spec.data import ColumnType
from shared.lifecycle import approve, promote
from tests import examples
from tests.unit.api.gateway import Gateway
from tests.unit.documents.facts import first_version
from tests.unit.lifecycle.waiting import ASKS
from tests.unit.lifecycle.world import NO_SETTINGS, Settings

SHA256, OTHER = "ab" * 32, "cd" * 32
SIGNATURE = Signature(
    (Input("hour", ColumnType.INTEGER, feature=True, min=0, max=23),),
    Output(Task.BINARY, "late", ("false", "true"), 0.25),
)


def learned(gateway: Gateway, settings: Settings = NO_SETTINGS) -> str:
    """A spec is applied, a file arrives, and its run makes a data version; the run's id."""
    world = gateway.world
    world.applied(settings)
    run = str(world.arrives().run)
    dataset = replace(examples.dataset(run), uploads=world.run(run).uploads)
    world.registry.commit(world.model().accept(step_order(run, "data", "read"), dataset))
    step = replace(examples.step(run, "data"), refs=(("dataset", dataset.id),))
    world.registry.commit(Fact(step, fence=run))
    gateway.artifacts.write(places.dataset("flights", dataset.id, "rejects.csv"), b"line,column,got,expected\r\n")
    return run


def registered(gateway: Gateway) -> Gateway:
    """The run's candidate becomes version 1, and the run ends; nothing serves yet."""
    gateway.world.ends(_accepted(gateway, learned(gateway)), Execution(State.SUCCEEDED))
    return gateway


def approved(gateway: Gateway) -> str:
    """Version 1 serves since Lin approved of it five minutes after noon; the run that asked."""
    run = _accepted(gateway, learned(gateway, ASKS))
    gateway.world.clock.pass_time(timedelta(minutes=5))
    return _approved(gateway, run, "lin", "evenings are better")


def approved_again(gateway: Gateway) -> str:
    """Version 2 replaced the approved version 1 a while later, and Kim approved of version 1, restored; that run."""
    world = gateway.world
    world.clock.pass_time(timedelta(minutes=15))
    _second(gateway)
    for verb in ("2/promote", "1/retire"):
        gateway.post(f"/models/flights/versions/{verb}", {"reason": "to see it"})
    again = str(gateway.post("/models/flights/versions/1/restore", {"reason": "it was better"}).json["run"])
    order = step_order(again, "register", "it passed every gate")
    world.registry.commit(world.model(Ref(Noun.VERSION, 1)).readmit(order, 1, world.clock.now()))
    return _approved(gateway, again, "kim", "after all")


def _approved(gateway: Gateway, run: str, by: str, why: str) -> str:
    """The run asks, a lead approves, and its version 1 is promoted; the run."""
    world = gateway.world
    asked = approve.Asked("flights", run, 1, 1, "token")
    approve.ask(asked, registry=world.registry, tasks=world.tasks, clock=world.clock)
    gateway.who, gateway.groups = by, "[ml-leads]"
    gateway.post(f"/models/flights/runs/{run}/approve", {"reason": why})
    gateway.who = "ada"
    promoted = promote.Request("flights", 1, step_order(run, "promote", "it passed every gate"))
    promote.run(promoted, registry=world.registry, drains=gateway.drains, clock=world.clock)
    return run


def _accepted(gateway: Gateway, run: str) -> str:
    """The run's candidate passes every gate and becomes version 1; the run."""
    world = gateway.world
    version = replace(examples.version(run), dataset=run.replace("run_", "ds_"), artifact=SHA256)
    world.registry.commit(world.model().register(step_order(run, "register", "it passed every gate"), version))
    world.registry.commit(Fact(replace(examples.step(run, "register"), refs=(("version", "1"),)), fence=run))
    parameters = {"C": 1.5}
    manifest = Manifest(SHA256, 2048, SIGNATURE, "LogisticRegression", parameters, version.dataset, run, "c0de", ())
    gateway.artifacts.write(places.artifact(SHA256), b"onnx")
    gateway.artifacts.write(places.manifest(SHA256), record.written(manifest))
    world.registry.commit(Fact(examples.step(run, "evaluate"), fence=run))
    gateway.artifacts.write(places.evaluation("flights", run), record.written(first_version()))
    gateway.artifacts.write(places.card("flights", run), b"<title>flights</title>")
    return run


def rejected(gateway: Gateway) -> str:
    """A run that ends at data, with a bad cell; its id."""
    world = gateway.world
    world.applied()
    run = str(world.arrives("broken.csv").run)
    cell = Reject(17, "hour", "noon", "a whole number")
    world.registry.commit(Fact(Step("flights", run, "data", examples.NOON, 0.4, "too many", (), (cell,)), fence=run))
    world.ends(run, Execution(State.FAILED, "data_rejected", "12.0% of rows are bad, of 1% at most"))
    return run


def replaced(gateway: Gateway) -> Gateway:
    """Version 1 was the champion until a day later version 2 was promoted, and it drains."""
    registered(gateway)
    gateway.post("/models/flights/versions/1/promote", {"reason": "a start"})
    gateway.world.ends(_second(gateway), Execution(State.SUCCEEDED))
    gateway.post("/models/flights/versions/2/promote", {"reason": "it is better"})
    return gateway


def _second(gateway: Gateway) -> str:
    """A run makes version 2 of January and February; the run."""
    world = gateway.world
    run = str(world.arrives("february.csv").run)
    version = replace(examples.version(run), dataset=run.replace("run_", "ds_"), artifact=OTHER)
    world.registry.commit(world.model().accept(step_order(run, "data", "read"), _goes_on(gateway, run)))
    world.registry.commit(world.model().register(step_order(run, "register", "it passed every gate"), version))
    manifest = Manifest(OTHER, 4096, SIGNATURE, "HistGradientBoostingClassifier", {}, version.dataset, run, "c0de", ())
    gateway.artifacts.write(places.artifact(OTHER), b"onnx 2")
    gateway.artifacts.write(places.manifest(OTHER), record.written(manifest))
    gateway.artifacts.write(places.evaluation("flights", run), record.written(first_version()))
    return run


def _goes_on(gateway: Gateway, run: str) -> Dataset:
    """A data version that goes on from the newest one, by the run's upload."""
    upload = gateway.world.run(run).uploads[0]
    return replace(examples.dataset(run), previous=gateway.world.model().head.dataset, uploads=(upload,))
