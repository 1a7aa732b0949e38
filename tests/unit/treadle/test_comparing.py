"""What is held against another: two runs, two data versions, and a spec against what is seldom meant."""

from dataclasses import replace

from shared.domain import places, record
from shared.domain.artifact import Manifest
from shared.domain.change import Fact
from shared.domain.execution import Execution, State
from shared.domain.order import step_order
from tests import examples
from tests.unit.api.gateway import SPEC, Gateway
from tests.unit.api.models import OTHER, SIGNATURE, registered, rejected
from tests.unit.api.test_contrast import counted
from tests.unit.documents.facts import first_version
from tests.unit.treadle.desk import Desk
from treadle.comparison import differences, settings


def two_runs(gateway: Gateway) -> tuple[str, str]:
    """A run that made version 1 of one family, then a run that made version 2 of another."""
    world = registered(gateway).world
    (first,) = (each["id"] for each in gateway.get("/models/flights/runs").json["items"])
    run = str(world.arrives("february.csv").run)
    dataset = replace(examples.dataset(run), previous=world.model().head.dataset, rows=1500)
    world.registry.commit(world.model().accept(step_order(run, "data", "read"), dataset))
    version = replace(examples.version(run), dataset=dataset.id, artifact=OTHER)
    world.registry.commit(world.model().register(step_order(run, "register", "it passed every gate"), version))
    made = (("dataset", dataset.id), ("version", "2"))
    world.registry.commit(Fact(replace(examples.step(run, "register"), refs=made), fence=run))
    family, parameters = "HistGradientBoostingClassifier", {"learning_rate": 0.1}
    manifest = Manifest(OTHER, 4096, SIGNATURE, family, parameters, dataset.id, run, "c0de", ())
    gateway.artifacts.write(places.manifest(OTHER), record.written(manifest))
    gateway.artifacts.write(places.evaluation("flights", run), record.written(first_version()))
    world.ends(run, Execution(State.SUCCEEDED))
    return first, run


def test_two_runs_stand_side_by_side_with_what_each_made(desk: Desk) -> None:
    oldest, newest = two_runs(desk.gateway)
    seen = desk.type("runs", "compare", "flights", oldest, newest)
    lines = [line.split("  ") for line in seen.out.splitlines()]
    shown = {line[0]: [cell.strip() for cell in line[1:] if cell.strip()] for line in lines}
    assert shown["version"] == ["1", "2"]
    assert shown["family"] == ["LogisticRegression", "HistGradientBoostingClassifier"]
    assert shown["parameters"] == ["C 1.5", "learning_rate 0.1"]
    assert shown["rows"] == ["1,000", "1,500"]
    assert "roc_auc" in shown
    assert seen.next == f"treadle runs show flights {newest}"


def test_two_runs_as_json_are_both_whole_with_the_settings_that_differ(desk: Desk) -> None:
    oldest, newest = two_runs(desk.gateway)
    document = desk.type("runs", "compare", "flights", oldest, newest, "--json").json
    assert (document["was"]["run"]["id"], document["now"]["run"]["id"]) == (oldest, newest)
    assert document["now"]["version"]["version"] == 2
    assert document["now"]["dataset"]["previous"] == document["was"]["dataset"]["id"]
    assert document["spec"] == []


def test_a_run_that_came_to_nothing_is_compared_as_far_as_it_came(desk: Desk) -> None:
    run = rejected(desk.gateway)
    seen = desk.type("runs", "compare", "flights", run, run)
    assert (seen.status, "12.0% of rows are bad" in seen.out, "figure" in seen.out) == (0, True, False)
    assert desk.type("runs", "compare", "flights", run, run, "-q").out == f"{run}\n{run}\n"
    assert desk.type("runs", "compare", "flights", run).status == 2
    assert desk.type("runs", "compare", "flights", run, f"run_{'0' * 26}").status == 1


def test_settings_that_two_specs_say_otherwise_are_named_by_their_paths() -> None:
    was = {"train": {"search": {"trials": 10}}, "data": {"key": [], "after": ["x"]}, "about": "a"}
    now = {"train": {"search": {"trials": 12}}, "data": {"key": ["id"], "after": ["x"], "time": {"column": "at"}}}
    assert [tuple(each.values()) for each in differences(was, now)] == [
        ("train.search.trials", "10", "12"),
        ("data.key", "[]", '["id"]'),
        ("about", "a", None),
        ("data.time.column", None, "at"),
    ]
    assert dict(settings({"a": {}})) == {"a": "{}"}


def test_two_data_versions_show_the_furthest_column_first(desk: Desk) -> None:
    oldest, newest = counted(desk.gateway)
    seen = desk.type("datasets", "diff", "flights", oldest, newest)
    lines = seen.out.splitlines()
    assert lines[0].split() == [oldest, newest]
    assert [line.split()[0] for line in lines[lines.index("") + 1 :]] == ["column", "hour", "late"]
    assert "integer, 5 to 23" in seen.out
    assert seen.next == f"treadle datasets show flights {newest}"


def test_without_names_the_newest_data_version_is_held_against_the_one_before(desk: Desk) -> None:
    oldest, newest = counted(desk.gateway)
    assert desk.type("datasets", "diff", "flights", "-q").out.split() == [oldest, newest]
    assert desk.type("datasets", "diff", "flights", "--json").json["columns"][0]["name"] == "hour"


def test_a_first_data_version_says_what_to_name(desk: Desk) -> None:
    oldest, _ = counted(desk.gateway)
    seen = desk.type("datasets", "diff", "flights", "", oldest)
    assert (seen.status, "is the first data version of flights" in seen.err) == (1, True)
    assert seen.next == "treadle datasets list flights"


def test_check_warns_of_rows_that_would_be_learned_from_twice(desk: Desk) -> None:
    seen = desk.type("check", desk.file("model.yaml", SPEC))
    assert (seen.status, seen.next) == (0, f"treadle apply {desk.folder / 'model.yaml'}")
    assert seen.out.splitlines()[-1].startswith("warning: /data/key: a row that is uploaded again")
    (warning,) = desk.type("check", str(desk.folder / "model.yaml"), "--json").json["warnings"]
    assert set(warning) == {"pointer", "detail", "got", "expected", "fix"}


def test_check_has_nothing_to_warn_of_where_a_key_names_a_row(desk: Desk) -> None:
    keyed = desk.file("model.yaml", SPEC.replace("data: {", "data: {key: [hour], "))
    assert "warning" not in desk.type("check", keyed).out
    assert desk.type("check", keyed, "--json").json["warnings"] == []
