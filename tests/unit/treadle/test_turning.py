"""Upload, train, cancel, promote, and what is looked up: the wheel turns, and people see how."""

import json

from tests.unit.api.gateway import SPEC
from tests.unit.api.models import learned, registered, rejected
from tests.unit.treadle.desk import Desk

CSV = "hour,late\n1,0\n2,1\n"


def test_an_upload_says_which_run_has_it(desk: Desk) -> None:
    desk.type("apply", desk.file("model.yaml", SPEC))
    seen = desk.type("upload", "flights", desk.file("january.csv", CSV), "--json")
    file = f"flights/datasets/{seen.json['id']}/january.csv"
    assert (seen.status, seen.json["status"], seen.json["file"], seen.json["by"]) == (0, "received", file, "ada")
    assert seen.next == f"treadle runs watch flights {seen.json['run']}"


def test_an_upload_for_a_model_that_is_not_there_goes_nowhere(desk: Desk) -> None:
    seen = desk.type("upload", "nobody", desk.file("january.csv", CSV))
    assert (seen.status, seen.next) == (1, "treadle apply SPEC")
    assert desk.gateway.world.notices.sent == []


def test_a_file_that_is_not_there_is_not_uploaded(desk: Desk) -> None:
    desk.type("apply", desk.file("model.yaml", SPEC))
    assert desk.type("upload", "flights", "nothing.csv").status == 2


def test_waiting_ends_in_one_when_the_data_is_rejected(desk: Desk) -> None:
    run = rejected(desk.gateway)
    seen = desk.type("runs", "watch", "flights", run)
    assert seen.status == 1
    assert seen.out.splitlines()[1:] == [
        f"flights: run {run} rejected: 12.0% of rows are bad, of 1% at most",
        "line  column  got   expected",
        "17    hour    noon  a whole number",
    ]
    assert seen.next == "mend the file, then treadle upload flights FILE"


def test_watching_with_json_is_a_line_a_change(desk: Desk) -> None:
    run = rejected(desk.gateway)
    lines = [json.loads(line) for line in desk.type("runs", "watch", "flights", "--json").out.splitlines()]
    assert [(line["id"], line["status"]) for line in lines] == [(run, "rejected")]


def test_training_again_is_a_command_with_its_reason(desk: Desk) -> None:
    registered(desk.gateway)
    receipt = desk.type("train", "flights", "-m", "new hours", "--json").json
    assert (receipt["action"], receipt["to"], receipt["reason"]) == ("train", "running", "new hours")


def test_cancel_ends_the_open_run(desk: Desk) -> None:
    run = learned(desk.gateway)
    assert desk.type("cancel", "flights", "-m", "a wrong file", "-q").out == f"{run}\n"
    assert desk.type("runs", "show", "flights", "--json").json["status"] == "cancelled"
    assert desk.type("cancel", "flights", "-m", "again").status == 1


def test_promote_lets_a_version_answer(desk: Desk) -> None:
    registered(desk.gateway)
    seen = desk.type("promote", "flights", "1", "-m", "go")
    assert seen.out == "flights: version 1 is champion now (it was candidate)\n"
    assert desk.type("models", "show", "flights", "--json").json["champion"] == 1
    assert desk.type("promote", "flights", "1", "-m", "go").status == 1


def test_a_version_is_shown_with_its_figures_and_a_row_to_try(desk: Desk) -> None:
    registered(desk.gateway)
    desk.type("promote", "flights", "1", "-m", "go")
    seen = desk.type("versions", "show", "flights")
    assert "LogisticRegression" in seen.out
    assert "verdict: accepted" in seen.out
    assert seen.next == "treadle predict flights hour=1"


def test_a_card_is_kept_where_nothing_is_yet(desk: Desk) -> None:
    registered(desk.gateway)
    seen = desk.type("versions", "card", "flights", "1", "-q")
    assert (desk.folder / seen.out.strip()).read_text() == "<title>flights</title>"
    assert desk.type("versions", "card", "flights", "1").status == 2


def test_an_artifact_is_kept_after_its_bytes_were_checked(desk: Desk) -> None:
    registered(desk.gateway)
    seen = desk.type("versions", "download", "flights", "1")
    assert (seen.status, "the bytes are not version 1's" in seen.err) == (3, True)
    assert not (desk.folder / "flights-1.onnx").exists()


def test_lists_go_on_where_a_page_ends(desk: Desk) -> None:
    for text in (SPEC, SPEC.replace("flights", "trains")):
        desk.type("apply", desk.file("model.yaml", text))
    seen = desk.type("models", "list", "--limit", "1")
    assert "treadle models list --limit 2" in seen.out
    assert desk.type("models", "list", "--limit", "1", "--json").json["next"]


def test_the_inbox_is_read_letter_by_letter(desk: Desk) -> None:
    assert "a@example.com" in desk.type("inbox").out
    assert "Hm." in desk.type("inbox", "1").out
    assert desk.type("inbox", "2").status == 1


def test_a_token_is_new_and_good(desk: Desk) -> None:
    seen = desk.type("token", "-q")
    assert seen.out == f"{desk.wire.good}\n"
