"""What a function's answer says about a batch: which of its items failed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from local.deployment import BatchFailures
from local.runtime.calls import Outcome


def failed_items(outcome: Outcome, failures: BatchFailures, ids: Sequence[str]) -> frozenset[str]:
    """Name the items that failed, as AWS reads `batchItemFailures`.

    All of them on a function error, and on an answer that is malformed or names an item that is not in the batch;
    none where the answer is null or empty, or where the source does not let the function report.
    """
    if outcome.error:
        return frozenset(ids)
    if failures is not BatchFailures.REPORTED:
        return frozenset()
    try:
        named = frozenset(_named(json.loads(outcome.payload)))
    except (ValueError, KeyError, TypeError, AttributeError):
        return frozenset(ids)
    return named if named.issubset(ids) else frozenset(ids)


def _named(answer: Any) -> list[str]:
    if not answer:
        return []
    return [item["itemIdentifier"] for item in answer.get("batchItemFailures") or []]
