"""Objects are told of, written and kept as on S3. Once moto mends a thing, its test fails and the patch can go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.contract.patches.aws_words import make_queue, make_rule, received
from tests.contract.patches.servers import Moto, RecordingFront, patched, run_python


def _object_events(moto: Moto) -> list[Any]:
    """The events of two puts and one upload in parts."""
    url, arn = make_queue(moto, "changes")
    s3 = moto.client("s3")
    s3.create_bucket(Bucket="watched")
    eventful: dict[str, dict[str, str]] = {"EventBridgeConfiguration": {}}
    s3.put_bucket_notification_configuration(Bucket="watched", NotificationConfiguration=eventful)
    make_rule(moto, "changes", "aws.s3", {"Arn": arn})
    for key in ("one", "two"):
        s3.put_object(Bucket="watched", Key=key, Body=b"x")
    upload = s3.create_multipart_upload(Bucket="watched", Key="parts")["UploadId"]
    part = s3.upload_part(Bucket="watched", Key="parts", UploadId=upload, PartNumber=1, Body=b"x")["ETag"]
    parts = {"Parts": [{"ETag": part, "PartNumber": 1}]}
    s3.complete_multipart_upload(Bucket="watched", Key="parts", UploadId=upload, MultipartUpload=parts)
    return [event for event in received(moto, url) if event["source"] == "aws.s3"]


def test_each_change_of_an_object_is_one_event_with_a_rising_sequencer(ours: Moto, theirs: Moto) -> None:
    def told(events: list[Any]) -> list[str]:
        return [event["detail"]["object"]["key"] for event in events if event["detail-type"] == "Object Created"]

    def sequencers(events: list[Any]) -> list[str]:
        return [event["detail"]["object"]["sequencer"] for event in events]

    lacking = _object_events(theirs)
    assert told(lacking).count("parts") == 2
    assert len(set(sequencers(lacking))) == 1
    events = _object_events(ours)
    assert told(events) == ["one", "two", "parts"]
    assert sequencers(events) == sorted(set(sequencers(events)))
    assert len({event["id"] for event in events}) == len(events) == 3


def test_objects_survive_the_death_of_the_process(front: RecordingFront, tmp_path: Path) -> None:
    key = "flights/datasets/a b+c%2e/ü.csv"
    with patched(front, tmp_path) as server:
        s3 = server.client("s3")
        s3.create_bucket(Bucket="kept")
        s3.put_bucket_versioning(Bucket="kept", VersioningConfiguration={"Status": "Enabled"})
        first = s3.put_object(Bucket="kept", Key=key, Body=b"1", Metadata={"sha": "x"}, ContentType="text/csv")
        second = s3.put_object(Bucket="kept", Key=key, Body=b"2")
        s3.put_object(Bucket="kept", Key="gone", Body=b"3")
        s3.delete_object(Bucket="kept", Key="gone")
        server.process.kill()
    with patched(front, tmp_path) as server:
        s3 = server.client("s3")
        s3.create_bucket(Bucket="kept")
        old = s3.get_object(Bucket="kept", Key=key, VersionId=first["VersionId"])
        assert (old["Body"].read(), old["ContentType"], old["Metadata"]) == (b"1", "text/csv", {"sha": "x"})
        assert s3.head_object(Bucket="kept", Key=key)["VersionId"] == second["VersionId"]
        assert [found["Key"] for found in s3.list_objects_v2(Bucket="kept")["Contents"]] == [key]
        assert s3.list_object_versions(Bucket="kept")["DeleteMarkers"][0]["Key"] == "gone"


WAITRESS = """
import http.client, threading, waitress
def app(environ, start_response):
    start_response("200 OK", [("x-amz-meta-sha", "1"), ("Content-Length", "0")])
    return [b""]
server = waitress.create_server(app, host="127.0.0.1", port=0)
threading.Thread(target=server.run, daemon=True).start()
asked = http.client.HTTPConnection("127.0.0.1", server.effective_port)
asked.request("GET", "/")
print(next(name for name in asked.getresponse().headers if name.lower() == "x-amz-meta-sha"))
"""


def test_the_names_of_metadata_are_in_lower_case(ours: Moto) -> None:
    assert run_python(WAITRESS) == "X-Amz-Meta-Sha"
    s3 = ours.client("s3")
    s3.create_bucket(Bucket="described")
    s3.put_object(Bucket="described", Key="one", Body=b"x", Metadata={"sha": "1"})
    assert s3.head_object(Bucket="described", Key="one")["Metadata"] == {"sha": "1"}


RACE = """
import threading, boto3
from moto import mock_aws
from moto.s3.models import S3Backend
{patch}
both = threading.Barrier(2)
put = S3Backend.put_object
def slow(self, *given, **named):
    try:
        both.wait(3)
    except threading.BrokenBarrierError:
        both.reset()
    return put(self, *given, **named)
S3Backend.put_object = slow
won = []
with mock_aws():
    s3 = boto3.client("s3", region_name="us-east-1")
    s3.create_bucket(Bucket="raced")
    s3.list_objects_v2(Bucket="raced")
    def write(body):
        try:
            s3.put_object(Bucket="raced", Key="once", Body=body, IfNoneMatch="*")
            won.append(body)
        except s3.exceptions.ClientError as lost:
            assert lost.response["Error"]["Code"] == "PreconditionFailed"
    writers = [threading.Thread(target=write, args=(body,)) for body in (b"a", b"b")]
    for writer in writers: writer.start()
    for writer in writers: writer.join()
print(len(won))
"""


def test_of_two_writers_who_want_to_be_first_one_is() -> None:
    one_step = "from local.patches import conditional_writes; conditional_writes.apply()"
    assert run_python(RACE.format(patch="")) == "2"
    assert run_python(RACE.format(patch=one_step)) == "1"
