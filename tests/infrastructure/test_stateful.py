"""What has state is kept, encrypted, versioned, and announces what it takes in."""

from aws_cdk import RemovalPolicy

from stacks.layers.build import Architecture, Source
from stacks.registry import KEY_USERS
from stacks.stage import Fate, Stage
from tests.infrastructure.templates import STACKS, listed, only, resources, template, text

KEPT = (
    "AWS::DynamoDB::Table",
    "AWS::S3::Bucket",
    "AWS::KMS::Key",
    "AWS::Cognito::UserPool",
    "AWS::SecretsManager::Secret",
)


def test_what_has_state_lies_in_a_stack_of_its_own_and_outlives_it() -> None:
    found = list(resources(*KEPT))
    assert {one.stack for one in found} == {"treadle-registry"}
    assert {one.type for one in found} == set(KEPT)
    assert {one.attributes["DeletionPolicy"] for one in found} == {"Retain"}
    assert {one.attributes["UpdateReplacePolicy"] for one in found} == {"Retain"}


def test_the_table_has_a_stream_can_be_restored_to_any_second_and_is_encrypted_with_the_platforms_key() -> None:
    table = only("AWS::DynamoDB::Table").properties
    assert table["StreamSpecification"] == {"StreamViewType": "NEW_IMAGE"}
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["DeletionProtectionEnabled"] is True
    assert table["SSESpecification"]["SSEEnabled"] is True
    assert text(table["SSESpecification"]["KMSMasterKeyId"]) == "${Key.Arn}"


def test_the_indexes_are_those_that_the_adapter_reads() -> None:
    table = only("AWS::DynamoDB::Table").properties
    keys = {
        index["IndexName"]: [key["AttributeName"] for key in index["KeySchema"]]
        for index in table["GlobalSecondaryIndexes"]
    }
    assert keys == {"GSI1": ["GSI1PK", "GSI1SK"], "GSI2": ["GSI2PK", "GSI2SK"]}
    assert [key["AttributeName"] for key in table["KeySchema"]] == ["PK", "SK"]


def test_buckets_are_private_and_those_of_people_and_artifacts_versioned_under_the_platforms_key() -> None:
    for bucket in resources("AWS::S3::Bucket"):
        blocked = bucket.properties["PublicAccessBlockConfiguration"]
        assert set(blocked.values()) == {True}
        [rule] = bucket.properties["BucketEncryption"]["ServerSideEncryptionConfiguration"]
        encryption = rule["ServerSideEncryptionByDefault"]
        if bucket.id != "AccessLogs":
            assert bucket.properties["VersioningConfiguration"] == {"Status": "Enabled"}
            assert text(encryption["KMSMasterKeyID"]) == "${Key.Arn}"


def test_every_bucket_queue_and_topic_is_reached_over_tls_only() -> None:
    kinds = {"AWS::S3::BucketPolicy": "Bucket", "AWS::SQS::QueuePolicy": "Queues", "AWS::SNS::TopicPolicy": "Topics"}
    held = set()
    for policy in resources(*kinds):
        denied = [one for one in policy.properties["PolicyDocument"]["Statement"] if one["Effect"] == "Deny"]
        assert [one["Condition"] for one in denied] == [{"Bool": {"aws:SecureTransport": "false"}}]
        held |= {text(one) for one in listed(policy.properties[kinds[policy.type]])}
    assert held == {f"${{{one.id}}}" for one in resources("AWS::S3::Bucket", "AWS::SQS::Queue", "AWS::SNS::Topic")}


def test_the_buckets_that_others_write_to_tell_eventbridge_of_every_object() -> None:
    announced = {one.id: one.properties.get("NotificationConfiguration") for one in resources("AWS::S3::Bucket")}
    told = {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}
    assert announced == {"Data": told, "Captures": told, "Artifacts": None, "AccessLogs": None}


def test_what_was_captured_is_forgotten_after_ninety_days() -> None:
    rules = only("AWS::S3::Bucket", "Captures").properties["LifecycleConfiguration"]["Rules"]
    [forgets] = (rule for rule in rules if "ExpirationInDays" in rule)
    assert (forgets["ExpirationInDays"], forgets["NoncurrentVersionExpiration"]) == (90, {"NoncurrentDays": 1})
    assert {rule["Status"] for rule in rules} == {"Enabled"}


def test_the_webhooks_of_slack_are_a_secret_under_the_platforms_key_and_deployed_empty() -> None:
    secret = only("AWS::SecretsManager::Secret").properties
    assert text(secret["KmsKeyId"]) == "${Key.Arn}"
    assert secret["SecretString"] == "{}"
    assert {"Key": "holds", "Value": "slack-webhooks"} in secret["Tags"]  # the embedded cloud knows it by that
    assert "Name" not in secret  # a name would be taken for weeks after the stack is destroyed


def test_the_key_rotates_and_its_policy_names_every_service_that_encrypts_with_it() -> None:
    key = only("AWS::KMS::Key").properties
    assert key["EnableKeyRotation"] is True
    services = {
        service: sorted(statement["Action"])
        for statement in key["KeyPolicy"]["Statement"]
        for service in listed(statement["Principal"].get("Service", []))
        if "Condition" not in statement  # EventBridge sends no source that a condition could name
    }
    assert services == {service: ["kms:Decrypt", "kms:GenerateDataKey"] for service in KEY_USERS}


def test_the_services_that_encrypt_are_those_whose_targets_are_encrypted() -> None:
    """Rules with encrypted queues behind them, alarms with the encrypted topic behind them; nobody else."""
    to_queues = [one for one in resources("AWS::Events::Rule") if ".Arn}" in text(one.properties["Targets"][0]["Arn"])]
    to_topic = [one for one in resources("AWS::CloudWatch::Alarm") if one.properties["AlarmActions"]]
    users = {"events.amazonaws.com": bool(to_queues), "cloudwatch.amazonaws.com": bool(to_topic)}
    assert {service for service, uses in users.items() if uses} == set(KEY_USERS)


def test_people_sign_in_with_a_second_factor_and_nobody_signs_up_alone() -> None:
    pool = only("AWS::Cognito::UserPool").properties
    assert pool["MfaConfiguration"] == "ON"
    assert pool["DeletionProtection"] == "ACTIVE"
    assert pool["AdminCreateUserConfig"] == {"AllowAdminCreateUserOnly": True}


def test_what_a_stage_discards_is_neither_protected_nor_kept() -> None:
    stage = Stage(stage="trial", owners=(), architecture=Architecture.ARM64, layers=Source.PINS, state=Fate.DISCARD)
    assert (stage.protected, stage.removal) == (False, RemovalPolicy.DESTROY)


def test_nothing_else_is_kept_when_a_stack_is_destroyed() -> None:
    kept = {
        (found["Type"], name)
        for stack in STACKS
        for name, found in template(stack)["Resources"].items()
        if found.get("DeletionPolicy") == "Retain" and found["Type"] not in KEPT
    }
    assert kept == set()
