"""Facts about single resources become one deployment: routes find their functions, functions their retries."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from local.deployment import (
    Alarm,
    Authorizer,
    Client,
    CompositeAlarm,
    DeliveryStream,
    Deployment,
    Function,
    LogSubscription,
    MetricFilter,
    QueueSource,
    Route,
    Schedule,
    StreamSource,
    Subscription,
)
from local.local_json import LOCAL_CLIENT
from local.resources.facts import AsyncInvocation, Bucket, Integration, RouteTarget, Scopes, StateMachine, Table
from local.vault import Vault

Fact = TypeVar("Fact")


def linked(
    facts: Iterable[object], outputs: Mapping[str, str], *, account: str, region: str, vault: Vault
) -> Deployment:
    """The deployment that the facts make up, with a client of our own that has every scope."""
    given = tuple(facts)
    scopes = tuple(name for fact in _all(Scopes, given) for name in fact.names)
    local = Client(LOCAL_CLIENT, vault.secret(f"client/{LOCAL_CLIENT}"), scopes)
    return Deployment(
        region=region,
        account=account,
        functions=tuple(_functions(given)),
        queue_sources=_all(QueueSource, given),
        stream_sources=_all(StreamSource, given),
        routes=tuple(_routes(given)),
        authorizers=tuple(_admitting(local, authorizer) for authorizer in _all(Authorizer, given)),
        schedules=_all(Schedule, given),
        alarms=_all(Alarm, given),
        composite_alarms=_all(CompositeAlarm, given),
        log_subscriptions=_all(LogSubscription, given),
        metric_filters=_all(MetricFilter, given),
        delivery_streams=_all(DeliveryStream, given),
        clients=(*_all(Client, given), local),
        subscriptions=_all(Subscription, given),
        state_machines=tuple(fact.arn for fact in _all(StateMachine, given)),
        buckets=tuple(fact.name for fact in _all(Bucket, given)),
        tables=tuple(fact.name for fact in _all(Table, given)),
        outputs=outputs,
    )


def _all(kind: type[Fact], facts: Sequence[object]) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if isinstance(fact, kind))


def _admitting(client: Client, authorizer: Authorizer) -> Authorizer:
    """The authorizer lets the local client in beside those of its template."""
    return dataclasses.replace(authorizer, audience=(*authorizer.audience, client.client_id))


def _functions(facts: Sequence[object]) -> Iterable[Function]:
    invocations = {fact.function: fact for fact in _all(AsyncInvocation, facts)}
    for function in _all(Function, facts):
        if set_ := invocations.get(function.name):
            yield dataclasses.replace(
                function, async_retries=set_.retries, on_failure=set_.on_failure or function.on_failure
            )
        else:
            yield function


def _routes(facts: Sequence[object]) -> Iterable[Route]:
    functions = {fact.id: fact.function for fact in _all(Integration, facts)}
    for target in _all(RouteTarget, facts):
        yield Route(target.key, functions[target.integration], target.scopes, target.authorizer)
