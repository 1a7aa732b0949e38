"""What people may rely on of the embedded cloud: where it is, what it checks, whose it is."""

from __future__ import annotations

import socket
import stat
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.contract.embedded import EmbeddedCloud, small_cloud

LOOPBACK = {"0100007F", "0000000000000000FFFF00000100007F"}


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedCloud]:
    """A small cloud that is up."""
    made = small_cloud(tmp_path_factory.mktemp("cloud"))
    came_up = made.run("up")
    assert came_up.returncode == 0, came_up.stderr
    yield made
    made.run("down")


@pytest.fixture
def absent(tmp_path: Path) -> Iterator[EmbeddedCloud]:
    """A small cloud that is not up; whatever a test leaves is ended."""
    made = small_cloud(tmp_path)
    yield made
    made.run("down")


def test_a_second_up_finds_the_first(cloud: EmbeddedCloud) -> None:
    before = cloud.told
    again = cloud.run("up")
    assert (again.returncode, cloud.told) == (0, before)
    assert before.api_url in again.stdout


def test_addresses_and_secret_are_for_their_owner_alone(cloud: EmbeddedCloud) -> None:
    assert stat.S_IMODE((cloud.state / "local.json").stat().st_mode) == 0o600
    assert cloud.told.data_bucket == "small-data"
    assert cloud.told.client_secret


def test_everything_listens_on_loopback_only(cloud: EmbeddedCloud) -> None:
    urls = (cloud.told.api_url, cloud.told.aws_endpoint_url, cloud.told.aws_endpoint_url_dynamodb)
    ports = {urllib.parse.urlparse(url).port for url in urls}
    tables = [Path(f"/proc/net/{table}").read_text() for table in ("tcp", "tcp6")]
    rows = [line.split() for table in tables for line in table.splitlines()[1:]]
    listening = [row[1].split(":") for row in rows if row[3] == "0A"]
    ours = [address for address, port in listening if int(port, 16) in ports]
    assert len(ours) == len(ports) == 3
    assert set(ours) <= LOOPBACK


def test_nobody_checks_policies_or_signatures(cloud: EmbeddedCloud) -> None:
    s3 = cloud.client("s3")
    asked = {"Bucket": cloud.told.data_bucket, "Key": "open"}
    url = s3.generate_presigned_url("put_object", Params=asked, ExpiresIn=1) + "tampered"
    urllib.request.urlopen(urllib.request.Request(url, data=b"x", method="PUT"), timeout=10).close()
    assert s3.get_object(**asked)["Body"].read() == b"x"


def test_a_table_is_made_without_the_settings_that_one_machine_cannot_keep(cloud: EmbeddedCloud) -> None:
    api = cloud.client("dynamodb")
    table = api.describe_table(TableName="Small-Registry")["Table"]
    assert table["StreamSpecification"]["StreamViewType"] == "NEW_AND_OLD_IMAGES"
    assert not table["DeletionProtectionEnabled"]
    expiry = api.describe_time_to_live(TableName="Small-Registry")["TimeToLiveDescription"]
    assert (expiry["TimeToLiveStatus"], expiry["AttributeName"]) == ("ENABLED", "expires")


def test_objects_are_plain_files(cloud: EmbeddedCloud) -> None:
    cloud.client("s3").put_object(Bucket=cloud.told.data_bucket, Key="plain", Body=b"not encrypted")
    files = (cloud.state / "cloud" / "s3" / cloud.told.data_bucket).iterdir()
    assert b"not encrypted" in [file.read_bytes() for file in files]


def test_names_carry_no_random_letters(cloud: EmbeddedCloud) -> None:
    queues = cloud.client("sqs").list_queues()["QueueUrls"]
    assert [url.rpartition("/")[2] for url in queues] == ["Small-Waiting"]


def test_a_function_is_called_at_moto_and_answers(cloud: EmbeddedCloud) -> None:
    answer = cloud.client("lambda").invoke(FunctionName="echo", Payload=b'{"row": 1}')
    assert answer["Payload"].read() == b'{"row": 1}'


def test_the_workers_disk_belongs_to_the_cloud(cloud: EmbeddedCloud) -> None:
    cloud.client("lambda").invoke(FunctionName="echo", Payload=b"1")
    own = str(cloud.state / "cloud" / "front.json")
    (front,) = (each for each in psutil.process_iter(["cmdline"]) if own in (each.info["cmdline"] or ()))
    assert {worker.environ()["TMPDIR"] for worker in front.children()} == {str(cloud.state / "cloud" / "tmp")}


def test_a_taken_port_is_met_with_a_sentence(absent: EmbeddedCloud) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        refused = absent.run("up", "--port", str(other.getsockname()[1]))
    assert refused.returncode == 1
    assert "is taken by another program" in refused.stderr
    assert "TREADLE_PORT" in refused.stderr


def test_another_checkouts_cloud_on_the_port_is_named(cloud: EmbeddedCloud, absent: EmbeddedCloud) -> None:
    port = urllib.parse.urlparse(cloud.told.api_url).port
    refused = absent.run("up", "--port", str(port))
    assert refused.returncode == 1
    assert f"is taken by the embedded cloud of {cloud.state}" in refused.stderr
