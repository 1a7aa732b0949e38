"""A file by its URL: the API's function signs, whoever has the URL puts, trigger knows the upload when it arrives."""

import importlib
import json
from typing import Any

import pytest
import requests

from shared.adapters.clients import client
from shared.domain.change import Noun, Ref
from shared.domain.upload import UploadStatus
from tests.history import having_applied
from tests.integration.conftest import EVENTS, Context, Platform, event

BODY = b"hour,late\n1,0\n"


def arrived(told: dict[str, str], version: str) -> dict[str, Any]:
    """The message that S3 sends by way of EventBridge and the queue."""
    message: dict[str, Any] = json.loads((EVENTS / "upload_arrived.json").read_text())
    (record,) = message["Records"]
    body = json.loads(record["body"])
    body["detail"]["bucket"]["name"] = "data"
    body["detail"]["object"] |= {"key": told["file"], "size": len(BODY), "version-id": version}
    record["body"] = json.dumps(body)
    return message


def test_a_file_is_put_by_its_url_and_received_as_the_upload_that_was_expected(platform: Platform) -> None:
    having_applied(platform.registry)
    client("s3").put_bucket_versioning(Bucket="data", VersioningConfiguration={"Status": "Enabled"})
    told = platform.call("api", event("expect_upload"))
    assert (told["statusCode"], told["json"]["method"]) == (201, "PUT")
    put = requests.put(told["json"]["url"], data=BODY, headers=told["json"]["headers"], timeout=5)
    assert put.status_code == 200
    handler = importlib.reload(importlib.import_module("functions.trigger.handler"))
    given = arrived(told["json"], put.headers["x-amz-version-id"])
    assert [handler.handle(given, Context()) for _ in range(2)] == [{"batchItemFailures": []}] * 2
    model = platform.registry.model("flights", Ref(Noun.UPLOAD, told["json"]["id"]))
    upload = model.upload(told["json"]["id"])
    assert (upload.status, upload.by, upload.bytes) == (UploadStatus.RECEIVED, "ada", len(BODY))
    assert model.head.running
    assert (model.head.running.run, model.head.running.uploads) == (upload.run, (upload.id,))


def test_a_key_sent_again_gets_the_same_upload(platform: Platform) -> None:
    having_applied(platform.registry)
    first, again = (platform.call("api", event("expect_upload")) for _ in range(2))
    assert (again["statusCode"], again["json"]["id"]) == (201, first["json"]["id"])
    assert again["headers"]["idempotent-replayed"] == "true"


@pytest.mark.parametrize("filename", ["february.csv", "january.jsonl"])
def test_a_key_with_another_file_is_refused(platform: Platform, filename: str) -> None:
    having_applied(platform.registry)
    platform.call("api", event("expect_upload"))
    other = event("expect_upload")
    other["body"] = json.dumps(json.loads(other["body"]) | {"filename": filename})
    assert platform.call("api", other)["json"]["type"] == "/problems/key-reused"
