"""Lineage: from a prediction's id alone to every file and every person behind it."""

import pytest
from ulid import ULID

from shared.domain.prediction import PredictionId
from shared.domain.serving import Role
from tests.examples import later
from tests.unit.api.gateway import Gateway
from tests.unit.api.models import OTHER, SHA256, replaced


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
