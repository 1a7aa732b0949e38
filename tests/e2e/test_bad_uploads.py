"""What people get wrong with files: each ends in a named state, and somebody is told what to do."""

import gzip
from pathlib import Path

import boto3
import pytest

from samples.flights.mail import letter
from samples.flights.waiting import ended, run_of
from samples.story import Scene
from treadle.upload import upload

SPEC = """
spec: 1
model: rain
task: binary
data:
  target: wet
  columns: {station: category, at: timestamp, pressure: number}
  time: at
notify: {owners: ["email:rain@example.com"]}
"""
HEADER = "station,at,pressure,wet\n"
FILES: dict[str, tuple[bytes, str]] = {
    "picture.csv": (b"\x89PNG\r\n\x1a\n" + bytes(64), "a PNG picture"),
    "empty.csv": (b"", "empty"),
    "header.csv": (HEADER.encode(), "header"),
    "one_class.csv.gz": (
        gzip.compress(
            (HEADER + "".join(f"A,2026-01-01T{h:02}:00:00Z,{p},1\n" for h in range(24) for p in range(60))).encode()
        ),
        "class",
    ),
    "no_offset.csv": (
        (HEADER + "".join(f"A,2026-01-01 {h:02}:00:00,{p},{p % 2}\n" for h in range(24) for p in range(60))).encode(),
        "offset",
    ),
}


@pytest.fixture(scope="module")
def rain(scene: Scene) -> Scene:
    """A model of rain, which has no version yet."""
    scene.client.apply(SPEC)
    return scene


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_data_is_rejected_at_data_with_its_reason(name: str, rain: Scene, tmp_path: Path) -> None:
    body, word = FILES[name]
    (tmp_path / name).write_bytes(body)
    upload(rain.client.profile, "rain", tmp_path / name)
    run = ended(rain, "rain", run_of(rain, "rain", name))
    assert (run["status"], run["step"], run["reason"]["code"]) == ("rejected", "data", "data_rejected")
    told = run["reason"]["detail"] + str([step["rejects"] for step in run["steps"]])
    assert word in told


def test_a_file_for_no_model_is_a_stray_that_the_platforms_owners_hear_of(scene: Scene) -> None:
    here = scene.client.profile
    s3 = boto3.client(
        "s3",
        endpoint_url=here.aws_endpoint_url,
        region_name=here.region,
        aws_access_key_id="local",
        aws_secret_access_key="local",
    )
    s3.put_object(Bucket=here.data_bucket, Key="nobody/datasets/lost.csv", Body=b"a,b\n1,2\n")
    mail = letter(scene, "platform@example.com", "nobody/datasets/lost.csv")
    assert "nobody" in mail["subject"] + mail["message"]


def test_the_owners_of_a_rejected_run_have_mail(rain: Scene, tmp_path: Path) -> None:
    (tmp_path / "nothing.csv").write_bytes(b"")
    upload(rain.client.profile, "rain", tmp_path / "nothing.csv")
    assert "rain" in letter(rain, "rain@example.com", "nothing.csv")["subject"]
