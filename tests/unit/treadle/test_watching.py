"""What people look at: drift, status, lineage, and the outcomes that they send back."""

import json

from tests.unit.api.models import replaced
from tests.unit.api.test_lineage import answered
from tests.unit.api.test_watch import watched
from tests.unit.treadle.desk import Desk


def test_drift_tells_findings_then_how_good_the_answers_are(desk: Desk) -> None:
    desk.gateway = watched()
    desk.__post_init__()
    seen = desk.type("drift", "flights")
    assert seen.out.splitlines()[0] == "findings"
    assert "late flights rose from 22% to 34%" in seen.out
    assert "realised, 2013-03-16 to 2013-03-23: 6,400 of 6,800 rows have their outcome, 2 days are given" in seen.out
    assert "outcome brier !" in seen.out
    assert seen.next == "treadle runs show flights run_1"


def test_drift_before_the_first_check_says_so(desk: Desk) -> None:
    replaced(desk.gateway)
    assert desk.type("drift", "flights").out == "flights: no window has been looked at yet\n"


def test_drift_with_json_is_both_documents(desk: Desk) -> None:
    replaced(desk.gateway)
    document = desk.type("drift", "flights", "--json").json
    assert set(document) == {"drift", "performance"}


def test_status_shows_every_model_and_what_waits_for_a_person(desk: Desk) -> None:
    desk.gateway = watched()
    desk.__post_init__()
    seen = desk.type("status")
    assert "flights  –" in seen.out
    assert "2013-03-18 to 2013-03-25: late flights rose from 22% to 34%" in seen.out
    assert "flights: version 1 passed every gate; it answers once somebody promotes it" in seen.out
    assert seen.next == "treadle promote flights 1"
    assert desk.type("status", "-q").out == "flights\n"


def test_status_of_an_empty_platform_says_how_to_begin(desk: Desk) -> None:
    seen = desk.type("status")
    assert (seen.out, seen.next) == ("there is no model yet\n", "treadle init FILE")


def test_lineage_is_a_tree_down_to_the_files(desk: Desk) -> None:
    replaced(desk.gateway)
    lines = desk.type("lineage", answered(2)).out.splitlines()
    assert lines[0].startswith("prd_flights_2c_")
    assert lines[1].startswith("└─ flights version 2 answered as champion")
    assert any("candidate → champion by ada" in line and "it is better" in line for line in lines)
    assert lines[-1].lstrip(" │└─").startswith("upload s3://data/flights/datasets/january.csv, version 1")


def test_lineage_of_an_upload_is_a_tree_of_all_that_it_has_come_to(desk: Desk) -> None:
    replaced(desk.gateway)
    ident = desk.type("lineage", answered(1), "--json").json["uploads"][0]["id"]
    seen = desk.type("lineage", ident)
    lines = seen.out.splitlines()
    assert lines[0] == ident
    assert lines[1].startswith("└─ flights upload s3://data/flights/datasets/january.csv, version 1")
    bare = [line.lstrip(" │├└─") for line in lines]
    assert [line.partition(",")[0] for line in bare if line.startswith("version")] == ["version 1", "version 2"]
    assert any(line.startswith("champion from") and line.endswith("by ada: it is better") for line in bare)
    assert sum(line.startswith("data version") for line in bare) == 2
    assert seen.next.startswith("treadle runs show flights run_")


def test_lineage_of_what_is_no_id_is_a_2(desk: Desk) -> None:
    assert desk.type("lineage", "flights/1").status == 2


def test_outcomes_of_a_file_are_sent_and_counted(desk: Desk) -> None:
    replaced(desk.gateway)
    ids = [answered(2), answered(2)]
    seen = desk.type("feedback", "flights", desk.file("april.csv", f"id,actual\n{ids[0]},true\n{ids[1]},\n"))
    assert (seen.status, seen.out) == (0, "flights: 2 accepted, 0 unknown, 0 twice in one call\n")
    assert seen.next == "treadle drift flights"
    sent = json.loads(desk.wire.sent[-1].content)["outcomes"]
    assert [each["actual"] for each in sent] == [True, None]


def test_outcomes_of_unknown_predictions_are_named_and_end_in_a_1(desk: Desk) -> None:
    replaced(desk.gateway)
    good, bad = answered(2), answered(7)
    rows = "".join(json.dumps({"id": ident, "actual": 3}) + "\n" for ident in (good, bad))
    seen = desk.type("feedback", "flights", desk.file("april.jsonl", rows), "--json")
    assert (seen.status, seen.json) == (1, {"accepted": 1, "unknown": [bad], "duplicate": []})


def test_a_file_without_the_columns_of_an_outcome_is_not_sent(desk: Desk) -> None:
    replaced(desk.gateway)
    seen = desk.type("feedback", "flights", desk.file("april.csv", "id,late\nprd,1\n"))
    assert (seen.status, "no column actual" in seen.err) == (2, True)
    assert desk.type("feedback", "flights", desk.file("may.csv", "id,actual\n")).status == 2
    assert desk.type("feedback", "flights", desk.file("may.jsonl", "[1]\n")).status == 2
    assert desk.type("feedback", "flights", desk.file("may.csv", "id,actual\nprd,late\n")).status == 2
    assert desk.type("feedback", "flights", desk.file("may.xlsx", "")).status == 2
