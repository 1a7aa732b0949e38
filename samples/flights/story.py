"""The story of the flights: an upload becomes a model that answers, and a broken one is sent back by name."""

from samples.flights import calls, mail, replacing, watching
from samples.flights.data import BROKEN, make
from samples.flights.outcomes import asked_and_fed_back, fed_back
from samples.flights.waiting import ended, run_of, step_of
from samples.story import Scene, Step, expect
from treadle.upload import upload

MODEL = "flights"
SPEC = BROKEN.with_name("model.yaml")
QUARTER = "january_to_march.csv"
OWNER = "flights@example.com"


def apply(scene: Scene) -> None:
    """Hand in the spec, as `treadle apply` does."""
    scene.client.apply(SPEC.read_text(), SPEC.name)


def applied(scene: Scene) -> str:
    """The platform knows the model, and what it is for."""
    spec = scene.client.get(f"/models/{MODEL}/spec")["spec"]
    expect(spec["model"], MODEL, "the spec's model")
    search = spec["train"]["search"]
    families = len(spec["train"]["candidates"])
    return f"{len(spec['data']['columns'])} columns, {search['trials']} trials of {families} families: {spec['about']}"


def upload_quarter(scene: Scene) -> None:
    """Put January to March into the bucket; the upload alone starts the wheel."""
    file = make(scene.folder, (QUARTER,))[QUARTER]
    scene.tell(f"uploading {file.name}, {file.stat().st_size / 1e6:.0f} MB")
    upload(scene.client.profile, MODEL, file)
    scene.notes["run"] = run_of(scene, MODEL, QUARTER)


def wait(_: Scene) -> None:
    """The wheel turns by itself."""


def told_by(verb: str) -> Step:
    """A verb of the wheel: what it says came of it."""
    promises = {
        "train": "candidates climb the rungs of the search",
        "score": "the best one answers rows that it has never seen",
        "evaluate": "gates, slices and intervals make a verdict",
        "register": "an accepted candidate gets its number and its card",
    }
    return Step(verb, promises[verb], wait, lambda scene: step_of(scene, MODEL, scene.notes["run"], verb)["outcome"])


def deployed(scene: Scene) -> str:
    """Version 1 is the champion, and the run says that it did it."""
    run = ended(scene, MODEL, scene.notes["run"])
    expect((run["status"], run["reason"]["code"]), ("succeeded", "promoted"), "the run's end")
    serving = scene.client.get(f"/models/{MODEL}/serving")
    expect([arm["version"] for arm in serving["arms"]], [1], "what serves")
    return "version 1 serves every call"


def predict_april(scene: Scene) -> None:
    """Ask for every flight of April, as an application would."""
    rows = calls.rows(make(scene.folder, ("april.csv",))["april.csv"])
    scene.notes["april"] = calls.predict(scene.client, MODEL, rows, scene.tell)


def predicted(scene: Scene) -> str:
    """Every row has its answer, by the champion, under an id of its own."""
    april: calls.Month = scene.notes["april"]
    expect(april.errors, 0, "errors")
    expect(april.versions, {1}, "the versions that answered")
    expect(len(set(april.ids)), len(april.rows), "prediction ids")
    return april.said


def upload_broken(scene: Scene) -> None:
    """Upload a file with more bad rows than the spec lets pass."""
    scene.tell(f"uploading {BROKEN.name}")
    upload(scene.client.profile, MODEL, BROKEN)
    scene.notes["broken"] = run_of(scene, MODEL, BROKEN.name)


def sent_back(scene: Scene) -> str:
    """The run is rejected at data, the bad cells are named, and the champion goes on answering."""
    run = ended(scene, MODEL, scene.notes["broken"])
    expect((run["status"], run["step"], run["reason"]["code"]), ("rejected", "data", "data_rejected"), "the run's end")
    cell = step_of(scene, MODEL, run["id"], "data")["rejects"][0]
    expect(
        all(cell[part] for part in ("line", "column", "expected")), expected=True, what="the first bad cell is named"
    )
    row = scene.notes["april"].rows[0]
    answer = scene.client.predict(MODEL, [row])
    expect(answer["version"], 1, "the version that answers")
    return f"{run['reason']['detail']}; line {cell['line']}: {cell['column']} is {cell['got'] or 'empty'}"


def told(scene: Scene) -> str:
    """The owners have mail that names the file and the line."""
    letter = mail.letter(scene, OWNER, scene.notes["broken"])
    expect(BROKEN.name in letter["message"], expected=True, what="the letter names the file")
    return f"{letter['to']} has mail: {letter['subject']}"


STORY = (
    Step("apply", "one file says all that Treadle has to know", apply, applied),
    Step(
        "data",
        "January to March: read, checked, split, profiled",
        upload_quarter,
        lambda scene: step_of(scene, MODEL, scene.notes["run"], "data")["outcome"],
    ),
    told_by("train"),
    told_by("score"),
    told_by("evaluate"),
    told_by("register"),
    Step("deploy", "the first version takes over at once", wait, deployed),
    Step("predict", "every flight of April, in calls of 1 to 20 rows", predict_april, predicted),
    Step("reject", "a broken file is sent back by name", upload_broken, sent_back),
)
"""What a deployed stage can show as well."""

LOCAL_STORY = (
    *STORY,
    Step("notify", "the owners are told", wait, told),
    fed_back("april"),
    watching.MONITOR_APRIL,
    watching.ESTIMATE,
    watching.TELL,
    watching.REFUSE,
    replacing.DRILL,
    fed_back("may"),
    watching.MONITOR_MAY,
    asked_and_fed_back("june"),
    watching.MONITOR_JUNE,
    replacing.RETRAIN,
    replacing.ROLL_OUT,
    replacing.RETIRE,
    replacing.RESTORE,
    replacing.TRACE,
)
"""The mailbox stands in for the world outside, and months pass in seconds: these steps are the embedded cloud's."""
