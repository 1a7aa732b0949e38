"""Lineage: from a prediction's id alone to every file and every person behind it."""

from typing import Any

import pytest
from ulid import ULID

from shared.domain.prediction import PredictionId
from shared.domain.serving import Role
from tests.examples import later
from tests.unit.api.gateway import Gateway
from tests.unit.api.models import OTHER, SHA256, approved, approved_again, rejected, replaced


def answered(version: int, minutes: float = 1, role: Role = Role.CHAMPION) -> str:
    """The id of a prediction so many minutes after noon."""
    return str(PredictionId("flights", version, role, str(ULID.from_datetime(later(minutes))), 0))


def test_a_prediction_leads_to_its_version_and_to_who_let_it_answer() -> None:
    found = replaced(Gateway()).get(f"/predictions/{answered(2)}/lineage").json
    assert (found["prediction"]["role"], found["prediction"]["share"], found["prediction"]["sha256"]) == (
        "champion",
        1.0,
        OTHER,
    )
    assert (found["version"]["version"], found["artifact"]["family"]) == (2, "HistGradientBoostingClassifier")
    decided = [(each["action"], each["by"], each["reason"]) for each in found["decisions"]]
    assert decided == [("register", "treadle:register", "it passed every gate"), ("promote", "ada", "it is better")]


def test_a_prediction_leads_through_every_data_version_to_the_files() -> None:
    found = replaced(Gateway()).get(f"/predictions/{answered(2)}/lineage").json
    newest, oldest = found["datasets"]
    assert (newest["previous"], oldest["previous"]) == (oldest["id"], None)
    places = [(each["bucket"], each["key"], each["version_id"]) for each in found["uploads"]]
    assert places == [("data", "flights/datasets/january.csv", "1"), ("data", "flights/datasets/february.csv", "1")]
    assert found["run"]["cause"]["detail"] == "february.csv was uploaded"
    assert (found["spec"]["number"], found["spec"]["by"]) == (1, "ada")


def test_an_older_version_leads_to_the_older_files_alone() -> None:
    found = replaced(Gateway()).get(f"/predictions/{answered(1)}/lineage").json
    assert [each["key"] for each in found["uploads"]] == ["flights/datasets/january.csv"]
    assert found["prediction"]["sha256"] == SHA256
    assert [(each["action"]) for each in found["decisions"]] == ["register", "promote", "promote"]


def test_a_prediction_of_before_its_version_was_never_given() -> None:
    reply = replaced(Gateway()).get(f"/predictions/{answered(1, minutes=-5)}/lineage")
    assert (reply.status, reply.slug) == (404, "not-found")


def test_a_prediction_of_no_version_was_never_given() -> None:
    gateway = replaced(Gateway())
    assert gateway.get(f"/predictions/{answered(3)}/lineage").slug == "not-found"
    assert Gateway().get(f"/predictions/{answered(1)}/lineage").slug == "not-found"


@pytest.mark.parametrize("ident", ["prd_flights", "run_01JD0000000000000000000000", "prd_flights_0c_x_0", "%20"])
def test_what_is_no_id_of_a_prediction_is_looked_up_nowhere(ident: str) -> None:
    reply = replaced(Gateway()).get(f"/predictions/{ident}/lineage")
    assert (reply.status, reply.slug) == (400, "name-refused")


def of_file(gateway: Gateway, file: str) -> Any:
    """What the upload of this name has come to."""
    listed = gateway.get("/models/flights/uploads").json["items"]
    [ident] = [each["id"] for each in listed if each["file"].endswith(file)]
    return gateway.get(f"/uploads/{ident}/lineage").json


def test_a_file_leads_to_all_that_was_learned_from_it() -> None:
    found = of_file(replaced(Gateway()), "january.csv")
    assert (found["model"], found["status"], found["upload"]["version_id"]) == ("flights", "received", "1")
    oldest, newest = found["datasets"]
    assert newest["previous"] == oldest["id"]
    assert [each["covered"] for each in found["runs"]] == [True, False]
    assert [each["dataset"] for each in found["runs"]] == [oldest["id"], newest["id"]]
    assert [(each["version"], each["dataset"]) for each in found["versions"]] == [(1, oldest["id"]), (2, newest["id"])]


def test_a_later_file_leads_to_later_things_alone() -> None:
    found = of_file(replaced(Gateway()), "february.csv")
    assert len(found["datasets"]) == len(found["runs"]) == 1
    assert [each["version"] for each in found["versions"]] == [2]


def test_a_file_leads_to_when_its_versions_answered_and_who_let_them() -> None:
    first = of_file(replaced(Gateway()), "january.csv")["versions"][0]
    assert [(each["stage"], each["answered"], each["by"]) for each in first["stages"]] == [
        ("candidate", False, "treadle:register"),
        ("champion", True, "ada"),
        ("draining", True, "ada"),
    ]
    ends = [each["until_at"] for each in first["stages"]]
    assert ends == [*(each["from_at"] for each in first["stages"][1:]), None]


def test_a_file_that_was_refused_leads_to_the_run_that_said_so() -> None:
    gateway = Gateway()
    run = rejected(gateway)
    found = of_file(gateway, "broken.csv")
    assert [(each["id"], each["reason"]["code"]) for each in found["runs"]] == [(run, "data_rejected")]
    assert (found["datasets"], found["versions"], found["findings"]) == ([], [], [])


def test_a_file_leads_to_the_run_that_makes_its_version_once_more() -> None:
    gateway = replaced(Gateway())
    run = gateway.post("/models/flights/versions/1/reproduce", {"reason": "to see it"}).json["run"]
    last = of_file(gateway, "january.csv")["runs"][-1]
    assert (last["id"], last["begin_at"], last["covered"]) == (run, "train", False)
    assert [each["id"] for each in of_file(gateway, "february.csv")["runs"]] != [run]


def test_a_file_that_no_model_has_leads_nowhere() -> None:
    reply = replaced(Gateway()).get(f"/uploads/up_{'0' * 26}/lineage")
    assert (reply.status, reply.slug) == (404, "not-found")
    assert reply.json["errors"][0]["fix"]


LINS = {"by": "lin", "at": "2013-04-01T12:05:00Z", "reason": "evenings are better"}


def test_a_prediction_leads_to_who_approved_of_its_version_when_and_why() -> None:
    gateway = Gateway()
    run = approved(gateway)
    found = gateway.get(f"/predictions/{answered(1, minutes=6)}/lineage").json
    assert found["approval"] == LINS | {"run": run}
    assert [(each["action"], each["by"]) for each in found["decisions"]] == [
        ("register", "treadle:register"),
        ("approve", "lin"),
        ("promote", "treadle:promote"),
    ]


def test_of_a_version_that_was_restored_the_last_approval_before_the_prediction_counts() -> None:
    gateway = Gateway()
    first = approved(gateway)
    again = approved_again(gateway)
    early, late = (gateway.get(f"/predictions/{answered(1, minutes)}/lineage").json for minutes in (6, 40))
    assert [(each["approval"]["by"], each["approval"]["run"]) for each in (early, late)] == [
        ("lin", first),
        ("kim", again),
    ]


def test_a_prediction_of_before_anybody_approved_leads_to_nobody() -> None:
    gateway = Gateway()
    approved(gateway)
    assert gateway.get(f"/predictions/{answered(1, minutes=1)}/lineage").json["approval"] is None


def test_where_nobody_was_asked_a_prediction_leads_to_nobody() -> None:
    gateway = replaced(Gateway())
    assert gateway.get(f"/predictions/{answered(2)}/lineage").json["approval"] is None


def test_a_file_leads_to_who_approved_of_its_version_when_and_why() -> None:
    gateway = Gateway()
    run = approved(gateway)
    [version] = of_file(gateway, "january.csv")["versions"]
    assert version["approvals"] == [LINS | {"run": run}]
    assert [each["stage"] for each in version["stages"]] == ["candidate", "champion"]
