"""Each way in which the embedded cloud differs from AWS, as data; `docs/local.md` is generated from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """What AWS does, what the embedded cloud does instead, and the test (its node id) that proves the latter."""

    id: str
    aws: str
    embedded: str
    proof: str


_ASSEMBLY = "tests/unit/local/test_assembly.py::"
_CREATORS = "tests/contract/test_creators.py::"
_CLOUD = "tests/contract/test_embedded_cloud.py::"
_LIFE = "tests/contract/test_embedded_life.py::"
_PATCHES = "tests/contract/patches/"

ASSEMBLY: tuple[Difference, ...] = (
    Difference(
        "deployment",
        "CloudFormation creates a stack and takes it back when a resource fails",
        "each resource is created through its API; the first that fails ends the start, and its name is told",
        _LIFE + "test_a_resource_that_cannot_be_created_is_named_and_nothing_stays",
    ),
    Difference(
        "updates",
        "an update changes what is there",
        "changed templates are deployed from nothing, beside the tables and objects that were kept",
        _LIFE + "test_changed_templates_are_deployed_by_the_next_up",
    ),
    Difference(
        "names",
        "a resource without a name gets one with random letters",
        "it is called {stack}-{logical id}, with a hash in place of what is too long",
        _CLOUD + "test_names_carry_no_random_letters",
    ),
    Difference(
        "permissions",
        "policies of roles, buckets, queues, topics and keys decide who may do what; signatures are checked",
        "nobody checks either; the tests of the templates do",
        _CLOUD + "test_nobody_checks_policies_or_signatures",
    ),
    Difference(
        "encryption",
        "objects, tables, queues and topics are encrypted with the stack's key",
        "everything is plain, in files of this user",
        _CLOUD + "test_objects_are_plain_files",
    ),
    Difference(
        "network",
        "endpoints are reached from everywhere, over TLS",
        "everything listens on 127.0.0.1, DynamoDB Local too, which has no option for that",
        _CLOUD + "test_everything_listens_on_loopback_only",
    ),
    Difference(
        "what-is-kept",
        "queues, executions, logs, metrics and alarms last as long as they are told to",
        "tables, objects, secrets, open executions and who is told outlive it; all else begins empty at each start",
        _LIFE + "test_what_was_kept_is_there_after_a_restart_and_queues_are_empty",
    ),
    Difference(
        "durability",
        "an acknowledged write is on several disks",
        "it is in a file of this machine before it is acknowledged; losing power may cost the last seconds",
        _LIFE + "test_a_killed_cloud_leaves_no_process_and_loses_nothing_acknowledged",
    ),
    Difference(
        "registry-engine",
        "DynamoDB in its region",
        "DynamoDB Local; moto's is never asked, and refuses with a sentence",
        _PATCHES + "test_calls.py::test_moto_does_not_answer_for_the_registry",
    ),
    Difference(
        "table-settings",
        "tables have point-in-time recovery, deletion protection and replicas",
        "their keys, indexes, stream and expiry are made; those settings are passed over",
        _CLOUD + "test_a_table_is_made_without_the_settings_that_one_machine_cannot_keep",
    ),
    Difference(
        "object-settings",
        "objects expire by lifecycle rules and keep their tags",
        "rules are passed over; tags last until the cloud ends",
        _CREATORS + "test_a_bucket_is_made_with_versions_and_events_and_without_rules",
    ),
    Difference(
        "object-events",
        "S3's events come within seconds, sometimes twice, in any order",
        "they come at once, once and in order, with rising sequencers",
        _PATCHES + "test_stored_objects.py::test_each_change_of_an_object_is_one_event_with_a_rising_sequencer",
    ),
    Difference(
        "objects-told-again",
        "a queue that knew of an object still knows of it tomorrow",
        "queues start empty, so objects of the last 15 minutes are told of once more at each start",
        "tests/contract/test_nothing_is_lost.py::test_objects_of_the_last_minutes_are_told_of_again_at_the_next_start",
    ),
    Difference(
        "executions-resumed",
        "an execution goes on whatever fails beneath it",
        "one that was cut off begins again at its first state; ends of the last 15 minutes are told of again",
        "tests/contract/test_resumed.py::test_what_ran_runs_on_and_what_ended_is_told_again",
    ),
    Difference(
        "rule-retries",
        "a rule tries its target for up to 24 hours",
        "it tries once; what fails is in the target's dead-letter queue at once",
        _PATCHES
        + "test_notifications.py::test_a_target_that_fails_leaves_the_event_in_its_queue_and_the_others_their_event",
    ),
    Difference(
        "state-machines",
        "Step Functions runs the whole language",
        "distributed Maps, JSONata and tasks other than Lambda, SQS, SNS and EventBridge are refused at the start",
        _ASSEMBLY + "test_a_state_that_would_run_wrongly_is_refused",
    ),
    Difference(
        "execution-logs",
        "executions are logged and traced as the template says",
        "their history is in the API only",
        _CREATORS + "test_a_state_machine_is_made_without_its_log",
    ),
    Difference(
        "code",
        "a function's code is uploaded, and its layers are mounted below /opt",
        "it runs where synthesis put it, with this machine's pinned packages in place of layers",
        _CREATORS + "test_a_function_runs_where_synthesis_put_it_without_layers",
    ),
    Difference(
        "versions-and-aliases",
        "a published version stays as it was, an alias may point to several",
        "every version and alias is the function itself",
        _CREATORS + "test_an_alias_is_the_function_itself",
    ),
    Difference(
        "user-pool",
        "Cognito keeps people and clients",
        "there are no people; clients keep their ids and secrets, and one more has every scope",
        "tests/unit/local/test_linking.py::test_the_local_client_has_every_scope_and_keeps_its_secret",
    ),
    Difference(
        "outside-world",
        "e-mail, SMS and webhooks leave for the world, once their receivers have confirmed",
        "they are kept in the mailbox, and nobody has to confirm",
        _PATCHES + "test_notifications.py::test_a_notice_to_a_person_is_in_the_mailbox",
    ),
    Difference(
        "slack",
        "messages go to https://hooks.slack.com, by the webhooks that people put into the secret",
        "a variable with exactly that address holds the mailbox's door instead",
        "tests/unit/local_motion/test_environment.py::test_the_address_of_slack_is_the_mailboxs_door",
    ),
    Difference(
        "slack-webhooks",
        "the secret is deployed empty",
        "at each start it holds one row for every channel",
        "tests/contract/test_creators_of_watching.py::"
        "test_a_secret_that_people_fill_in_on_aws_has_a_row_for_every_channel",
    ),
)
