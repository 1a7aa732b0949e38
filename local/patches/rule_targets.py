"""moto's rules reach queues, log groups, archives and buses only, heed neither Input nor InputPath, and stop at the
first target that fails. Here functions, topics and state machines are reached too, and a failing target has its DLQ."""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Callable, Mapping
from typing import Any

from jsonpath_ng.ext.parser import parse as parse_path
from moto.core.utils import iso_8601_datetime_without_milliseconds
from moto.events.models import Rule, events_backends
from moto.events.utils import EventTemplateParser
from moto.moto_api._internal import mock_random
from moto.sns.models import sns_backends
from moto.sqs.models import sqs_backends
from moto.stepfunctions.parser.models import stepfunctions_parser_backends
from moto.utilities.arns import parse_arn

from local.front_calls import Front, InvocationType

Target = Mapping[str, Any]
Deliver = Callable[[Rule, Target, Any], None]
_log = logging.getLogger(__name__)


def apply(front: Front) -> None:
    """Deliver an event that matches to every target of its rule."""

    def to_function(_rule: Rule, target: Target, payload: Any) -> None:
        front.invoke(target["Arn"], json.dumps(payload).encode(), InvocationType.EVENT)

    deliveries: Mapping[str, Deliver] = {
        "sqs": _to_queue,
        "sns": _to_topic,
        "states": _to_state_machine,
        "lambda": to_function,
        "logs": _to_log_group,
        "events": _to_bus_or_archive,
    }

    def send_to_targets(self: Rule, original_event: Any, _transform_input: object = None) -> None:
        event = dict(original_event)
        # to moto a rule without a pattern, which is one with a schedule, matches every event
        if (
            self.state != "ENABLED"
            or not self.event_pattern.get_pattern()
            or not self.event_pattern.matches_event(event)
        ):
            return
        event["time"] = _instant(event.get("time"))
        for target in list(self.targets):
            _deliver(deliveries, self, target, event)

    Rule.send_to_targets = send_to_targets


def _deliver(deliveries: Mapping[str, Deliver], rule: Rule, target: Target, event: dict[str, Any]) -> None:
    service = parse_arn(target["Arn"]).service
    try:
        deliveries[service](rule, target, _payload(target, event))
    except Exception as failure:  # noqa: BLE001  whatever one target raises, the others still get the event
        dead_letters = target.get("DeadLetterConfig", {}).get("Arn", "")
        _log.warning("rule %s: %s failed: %r; DLQ: %s", rule.name, target["Arn"], failure, dead_letters or "none")
        if dead_letters:
            _to_queue(rule, {"Arn": dead_letters}, event)


def _payload(target: Target, event: dict[str, Any]) -> Any:
    """The target's input: InputTransformer, Input or InputPath where one is set, else the event."""
    if "Input" in target:
        return json.loads(target["Input"])
    if "InputPath" in target:
        return next((match.value for match in parse_path(target["InputPath"]).find(event)), {})
    if transformer := target.get("InputTransformer"):
        stamped = {"ingestion-time": event["time"]} | event
        return EventTemplateParser.parse(transformer["InputTemplate"], transformer.get("InputPathsMap", {}), stamped)
    return event


def _to_queue(rule: Rule, target: Target, payload: Any) -> None:
    queues = sqs_backends[rule.account_id][rule.region_name]
    queues.send_message(
        queue_name=parse_arn(target["Arn"]).resource_id,
        message_body=json.dumps(payload),
        group_id=target.get("SqsParameters", {}).get("MessageGroupId"),
    )


def _to_topic(rule: Rule, target: Target, payload: Any) -> None:
    sns_backends[rule.account_id][rule.region_name].publish(message=json.dumps(payload), arn=target["Arn"])


def _to_state_machine(rule: Rule, target: Target, payload: Any) -> None:
    machines = stepfunctions_parser_backends[rule.account_id][rule.region_name]
    machines.start_execution(target["Arn"], str(mock_random.uuid4()), json.dumps(payload))


def _to_log_group(rule: Rule, target: Target, payload: Any) -> None:
    rule._send_to_cw_log_group(parse_arn(target["Arn"]).resource_id, {"detail": payload})  # noqa: SLF001


def _to_bus_or_archive(rule: Rule, target: Target, payload: Any) -> None:
    arn = parse_arn(target["Arn"])
    if not arn.resource_type:
        rule._send_to_events_archive(parse_arn(payload["archive-arn"]).resource_id, payload["event"])  # noqa: SLF001
        return
    entry = {
        "Source": payload["source"],
        "DetailType": payload["detail-type"],
        "Detail": json.dumps(payload["detail"]),
        "EventBusName": arn.resource_id,
    }
    events_backends[arn.account][arn.region].put_events([entry])


def _instant(moment: Any) -> str:
    if isinstance(moment, str) and not moment.replace(".", "", 1).isdigit():
        return moment
    at = dt.datetime.fromtimestamp(float(moment), dt.UTC).replace(tzinfo=None)
    return str(iso_8601_datetime_without_milliseconds(at))
