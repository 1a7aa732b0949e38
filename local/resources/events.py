"""Buses, archives, rules and schedules. moto delivers what a rule matches; what a clock starts is the clockwork's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from local.deployment import Schedule
from local.resources.resource import Cloud, Created, Creator, Resource

RULE_FIELDS = ("ScheduleExpression", "State", "Description", "EventBusName")


def _bus(cloud: Cloud, resource: Resource) -> Created:
    name = resource.name("Name", longest=256)
    arn = cloud.client("events").create_event_bus(Name=name)["EventBusArn"]
    return Created(name, {"Arn": arn, "Name": name})


def _archive(cloud: Cloud, resource: Resource) -> Created:
    given = resource.properties
    name = resource.name("ArchiveName", longest=48)
    arn = cloud.client("events").create_archive(
        ArchiveName=name,
        EventSourceArn=given["SourceArn"],
        EventPattern=json.dumps(given.get("EventPattern", {})),
        RetentionDays=int(given.get("RetentionDays", 0)),
    )["ArchiveArn"]
    return Created(name, {"Arn": arn, "ArchiveName": name})


def _rule(cloud: Cloud, resource: Resource) -> Created:
    given = resource.properties
    name = resource.name("Name", longest=64)
    bus = given.get("EventBusName", "default")
    asked = {field: given[field] for field in RULE_FIELDS if field in given}
    if "EventPattern" in given:
        asked["EventPattern"] = json.dumps(given["EventPattern"])
    events = cloud.client("events")
    arn = events.put_rule(Name=name, **asked)["RuleArn"]
    targets = given.get("Targets", ())
    if targets:
        events.put_targets(Rule=name, EventBusName=bus, Targets=list(targets))
    ticking = "ScheduleExpression" in given and given.get("State", "ENABLED") != "DISABLED"
    return Created(name, {"Arn": arn}, tuple(_ticks(name, given, targets)) if ticking else ())


def _ticks(name: str, given: Mapping[str, Any], targets: tuple[Mapping[str, Any], ...]) -> list[Schedule]:
    return [
        Schedule(
            name,
            given["ScheduleExpression"],
            target["Arn"],
            target.get("Input", ""),
            target.get("DeadLetterConfig", {}).get("Arn", ""),
        )
        for target in targets
    ]


def _schedule(cloud: Cloud, resource: Resource) -> Created:
    given = resource.properties
    name = resource.name("Name")
    arn = cloud.arn("scheduler", f"schedule/{given.get('GroupName', 'default')}/{name}")
    ticking = given.get("State", "ENABLED") != "DISABLED"
    return Created(name, {"Arn": arn}, tuple(_ticks(name, given, (given["Target"],))) if ticking else ())


def _schedule_group(cloud: Cloud, resource: Resource) -> Created:
    name = resource.name("Name")
    return Created(name, {"Arn": cloud.arn("scheduler", f"schedule-group/{name}")})


CREATORS: Mapping[str, Creator] = {
    "AWS::Events::Archive": _archive,
    "AWS::Events::EventBus": _bus,
    "AWS::Events::Rule": _rule,
    "AWS::Scheduler::Schedule": _schedule,
    "AWS::Scheduler::ScheduleGroup": _schedule_group,
}
