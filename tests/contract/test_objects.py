"""Objects: a body is written once and read as it was written."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from shared.adapters.clients import client
from shared.adapters.s3_objects import S3Objects
from shared.domain.errors import NotFound
from shared.ports.objects import Objects, gather
from tests.fakes.objects import MemoryObjects

BUCKET = "artifacts"


@pytest.fixture(params=["memory", "s3"])
def objects(request: pytest.FixtureRequest) -> Objects:
    """An empty bucket that keeps versions."""
    if request.param == "memory":
        return MemoryObjects()
    request.getfixturevalue("aws")
    place = {"LocationConstraint": "eu-central-1"}
    client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration=place)
    client("s3").put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    return S3Objects(BUCKET)


def put_over(objects: Objects, key: str, body: bytes) -> str:
    """What a person does to an upload of theirs; the version id."""
    if isinstance(objects, MemoryObjects):
        return objects.put(key, body)
    version: str = client("s3").put_object(Bucket=BUCKET, Key=key, Body=body)["VersionId"]
    return version


def test_a_body_is_read_as_it_was_written(objects: Objects) -> None:
    objects.write("flights/card.html", "žluťoučký".encode())
    assert objects.read("flights/card.html").decode() == "žluťoučký"


def test_an_empty_body_is_a_body(objects: Objects) -> None:
    objects.write("flights/empty", b"")
    assert objects.read("flights/empty") == b""


def test_the_first_of_two_bodies_stays(objects: Objects, tmp_path: Path) -> None:
    (tmp_path / "second").write_bytes(b"second")
    objects.write("flights/trial.json", b"first")
    objects.write("flights/trial.json", b"second")
    objects.save(tmp_path / "second", "flights/trial.json")
    assert objects.read("flights/trial.json") == b"first"


def test_a_file_is_saved_and_fetched_whole(objects: Objects, tmp_path: Path) -> None:
    body = bytes(range(256)) * 10_000
    (tmp_path / "rows.parquet").write_bytes(body)
    objects.save(tmp_path / "rows.parquet", "flights/datasets/ds_1/rows.parquet")
    fetched = objects.fetch("flights/datasets/ds_1/rows.parquet", tmp_path / "new" / "folder" / "rows.parquet")
    assert fetched == tmp_path / "new" / "folder" / "rows.parquet"
    assert fetched.read_bytes() == body


def test_an_upload_is_fetched_in_the_version_that_arrived(objects: Objects, tmp_path: Path) -> None:
    first = put_over(objects, "flights/datasets/january.csv", b"first")
    second = put_over(objects, "flights/datasets/january.csv", b"second")
    fetched = {name: objects.fetch("flights/datasets/january.csv", tmp_path / name, name) for name in (first, second)}
    assert [path.read_bytes() for path in fetched.values()] == [b"first", b"second"]
    assert objects.read("flights/datasets/january.csv") == b"second"


def test_what_is_not_there_is_not_found(objects: Objects, tmp_path: Path) -> None:
    for reach in (
        lambda: objects.read("flights/none"),
        lambda: objects.fetch("flights/none", tmp_path / "none"),
        lambda: objects.link("flights/none", 60),
    ):
        with pytest.raises(NotFound):
            reach()
    assert list(tmp_path.iterdir()) == []


def test_a_version_that_is_not_there_is_not_found(objects: Objects, tmp_path: Path) -> None:
    put_over(objects, "flights/datasets/january.csv", b"first")
    with pytest.raises(NotFound):
        objects.fetch("flights/datasets/january.csv", tmp_path / "none", "11111111-2222-3333-4444-555555555555")


def test_keys_come_in_order_and_only_under_their_prefix(objects: Objects) -> None:
    for key in ("flights/b", "flights/a/1", "flights-2/a", "flights/a/0"):
        objects.write(key, b"")
    assert objects.keys("flights/") == ("flights/a/0", "flights/a/1", "flights/b")
    assert objects.keys("taxis/") == ()


def test_keys_are_listed_beyond_one_page_of_the_store(objects: Objects, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTO_S3_DEFAULT_MAX_KEYS", "3")
    for number in range(8):
        objects.write(f"flights/{number}", b"")
    assert objects.keys("flights/") == tuple(f"flights/{number}" for number in range(8))


def test_a_link_names_the_key_and_its_life(objects: Objects) -> None:
    objects.write("flights/rejects.csv", b"line,column")
    link = objects.link("flights/rejects.csv", 90)
    assert "flights/rejects.csv" in link
    assert "xpires=90" in link


def test_a_folder_is_gathered_but_for_what_is_left_out(objects: Objects, tmp_path: Path) -> None:
    for name in ("target.npy", "columns/dest.npy", "rows.parquet"):
        objects.write(f"flights/datasets/ds_1/{name}", name.encode())
    gather(objects, "flights/datasets/ds_1/", tmp_path, frozenset({"rows.parquet"}))
    files = {path.relative_to(tmp_path).as_posix(): path.read_text() for path in tmp_path.rglob("*.npy")}
    assert files == {"target.npy": "target.npy", "columns/dest.npy": "columns/dest.npy"}
    assert not (tmp_path / "rows.parquet").exists()


def test_workers_side_by_side_fetch_the_same_file_whole(objects: Objects, tmp_path: Path) -> None:
    body = bytes(range(256)) * 4096
    objects.write("flights/datasets/ds_1/day.npy", body)
    with ThreadPoolExecutor(8) as workers:
        fetched = workers.map(lambda _: objects.fetch("flights/datasets/ds_1/day.npy", tmp_path / "day.npy"), range(40))
    assert {path.read_bytes() for path in fetched} == {body}
    assert [path.name for path in tmp_path.iterdir()] == ["day.npy"]
