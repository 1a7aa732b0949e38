"""Queues: a queue in front of a function, with dead letters behind it."""

from aws_cdk import Duration
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_sqs as sqs
from constructs import Construct

TRIES = 5


def dead_letters(scope: Construct, name: str, key: kms.IKey) -> sqs.Queue:
    """Where things go that nobody could do; monitoring puts an alarm on each."""
    return sqs.Queue(
        scope,
        f"{name}DeadLetters",
        encryption=sqs.QueueEncryption.KMS,
        encryption_master_key=key,
        enforce_ssl=True,
        retention_period=Duration.days(14),
    )


def queue(scope: Construct, name: str, key: kms.IKey, lost: sqs.Queue, timeout_s: int) -> sqs.Queue:
    """A queue for a function with this time-out: a message is tried five times, then it is a dead letter."""
    return sqs.Queue(
        scope,
        name,
        encryption=sqs.QueueEncryption.KMS,
        encryption_master_key=key,
        enforce_ssl=True,
        visibility_timeout=Duration.seconds(6 * timeout_s),
        retention_period=Duration.days(14),
        dead_letter_queue=sqs.DeadLetterQueue(queue=lost, max_receive_count=TRIES),
    )


def feed(function: lambda_.Function, source: sqs.Queue, batch_size: int, at_once: int | None = None) -> None:
    """Messages go to the function, and those that fail come again alone; at most so many batches `at_once`, 2 or more.

    Without a limit Lambda asks for more than a new account may run, and counts what it could not start as a try.
    """
    function.add_event_source(
        sources.SqsEventSource(
            source, batch_size=batch_size, report_batch_item_failures=batch_size > 1, max_concurrency=at_once
        )
    )
