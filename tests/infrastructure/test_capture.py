"""Captured lines: subscribed, unpacked, written by the hour under the platform's key, and nothing else is."""

from collections.abc import Mapping
from typing import Any

from local.clockwork.log_patterns import matcher
from shared.domain.capture import FED_BACK, PREDICTED, PREFIX
from stacks.capture import CAPTURED
from tests.infrastructure.templates import only, resources, text


def _stream() -> Mapping[str, Any]:
    found: Mapping[str, Any] = only("AWS::KinesisFirehose::DeliveryStream").properties
    return found


def _destination() -> Mapping[str, Any]:
    found: Mapping[str, Any] = _stream()["ExtendedS3DestinationConfiguration"]
    return found


def _patterns() -> Mapping[str, str]:
    """Log group → what is subscribed of it."""
    subscriptions = [one.properties for one in resources("AWS::Logs::SubscriptionFilter")]
    return {text(one["LogGroupName"]): one["FilterPattern"] for one in subscriptions}


def test_the_captured_lines_of_predict_and_feedback_are_subscribed_and_no_others() -> None:
    predicted, fed_back = matcher(_patterns()["${PredictLogs}"]), matcher(_patterns()["${FeedbackLogs}"])
    assert predicted('{"captured":"flights","at":1,"rows":[]}')
    assert fed_back('{"outcomes":"flights","at":1,"rows":[]}')
    for line in ('{"level":"INFO","message":"captured"}', '{"_aws":{},"model":"flights"}', "captured outcomes"):
        assert not predicted(line)
        assert not fed_back(line)
    assert set(_patterns()) == {"${PredictLogs}", "${FeedbackLogs}"}


def test_what_is_subscribed_is_what_the_lines_begin_with() -> None:
    assert CAPTURED == {"predict": PREDICTED, "feedback": FED_BACK}


def test_every_subscription_leads_to_the_one_stream_by_a_role_that_may_only_write_to_it() -> None:
    for one in resources("AWS::Logs::SubscriptionFilter"):
        assert text(one.properties["DestinationArn"]) == "${Captures.Arn}"
        assert text(one.properties["RoleArn"]) == "${CapturedRole.Arn}"
        assert any("CapturedRoleDefaultPolicy" in name for name in one.attributes["DependsOn"])


def test_the_stream_unpacks_what_cloudwatch_sends_and_keeps_lines_apart() -> None:
    processing = _destination()["ProcessingConfiguration"]
    assert processing["Enabled"] is True
    assert [one["Type"] for one in processing["Processors"]] == [
        "Decompression",
        "CloudWatchLogProcessing",
        "AppendDelimiterToRecord",
    ]


def test_objects_lie_by_the_hour_where_fold_hears_of_them_and_failures_beside() -> None:
    assert _destination()["Prefix"] == f"{PREFIX}!{{timestamp:yyyy/MM/dd/HH}}/"
    assert not _destination()["ErrorOutputPrefix"].startswith(PREFIX)
    assert text(_destination()["BucketARN"]) == "${Captures.Arn}"
    assert _destination()["CompressionFormat"] == "UNCOMPRESSED"


def test_what_was_asked_is_delivered_within_a_minute() -> None:
    assert _destination()["BufferingHints"] == {"IntervalInSeconds": 60, "SizeInMBs": 4}


def test_the_stream_is_encrypted_and_says_what_went_wrong() -> None:
    assert _stream()["DeliveryStreamEncryptionConfigurationInput"] == {"KeyType": "AWS_OWNED_CMK"}
    assert _destination()["CloudWatchLoggingOptions"]["Enabled"] is True
