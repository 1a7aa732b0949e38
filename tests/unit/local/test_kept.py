"""What outlives a cloud: objects, secrets; and what tells others about it."""

import stat
from pathlib import Path

import pytest

from local.claim import claim, owner
from local.deployment import Addresses, Client, Deployment, FrontConfig, Function, dump, load
from local.errors import AlreadyRunning
from local.local_json import LOCAL_CLIENT, describe, read, write
from local.state import ObjectFiles, ObjectVersion, file_name
from local.vault import Vault

KEY = "flights/datasets/ü b.csv"


def _version(number: int) -> ObjectVersion:
    return ObjectVersion(f"v{number}", "2026-01-01T00:00:00", file_name(KEY, str(number)), metadata={"sha": "x"})


def test_an_object_is_found_again_with_all_its_versions(tmp_path: Path) -> None:
    versions = [_version(1), _version(2), ObjectVersion("v3", "2026-01-02T00:00:00")]
    ObjectFiles(tmp_path).save("data", KEY, versions, lambda file: file.encode())
    (found,) = ObjectFiles(tmp_path).load("data")
    assert (found.key, found.versions) == (KEY, tuple(versions))
    assert ObjectFiles(tmp_path).content("data", versions[0].file) == versions[0].file.encode()


def test_bytes_that_are_on_disk_are_not_written_again(tmp_path: Path) -> None:
    files, written = ObjectFiles(tmp_path), []

    def content(file: str) -> bytes:
        written.append(file)
        return b"x"

    files.save("data", KEY, [_version(1)], content)
    files.save("data", KEY, [_version(1), _version(2)], content)
    assert written == [_version(1).file, _version(2).file]


def test_a_removed_version_leaves_no_file(tmp_path: Path) -> None:
    files = ObjectFiles(tmp_path)
    files.save("data", KEY, [_version(1)], lambda _: b"x")
    files.save("data", KEY, [], lambda _: b"")
    assert list((tmp_path / "data").iterdir()) == []


def test_a_secret_is_made_once_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "cloud" / "secrets.json"
    assert Vault(path).secret("salt") == Vault(path).secret("salt") != Vault(path).secret("other")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_state_directory_has_one_owner(tmp_path: Path) -> None:
    assert owner(tmp_path) == 0
    held = claim(tmp_path)
    assert owner(tmp_path) != 0
    with pytest.raises(AlreadyRunning, match="make down"):
        claim(tmp_path)
    assert held


def _config(state: Path) -> FrontConfig:
    predict = Function("predict", "arn", "echo.handle", Path("code"), {"TABLE": "t"}, 20, 512, "/predict", "")
    client = Client(LOCAL_CLIENT, "secret", ("treadle/read",))
    deployment = Deployment("us-east-1", "1", (predict,), clients=(client,), outputs={"DataBucket": "data"})
    addresses = Addresses("http://127.0.0.1:2", "http://127.0.0.1:3", "127.0.0.1", 1)
    return FrontConfig(deployment, addresses, 60.0, state, Path("python"))


def test_the_front_reads_what_was_written_for_it(tmp_path: Path) -> None:
    dump(_config(tmp_path), tmp_path / "front.json")
    assert load(tmp_path / "front.json") == _config(tmp_path)
    assert stat.S_IMODE((tmp_path / "front.json").stat().st_mode) == 0o600


def test_local_json_says_what_the_contract_lists_to_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "local.json"
    write(describe(_config(tmp_path), 42), path)
    told = read(path)
    assert (told.api_url, told.data_bucket, told.tempo, told.pid) == ("http://127.0.0.1:1", "data", 60.0, 42)
    assert (told.token_url, told.client_id) == ("http://127.0.0.1:1/oauth2/token", LOCAL_CLIENT)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
