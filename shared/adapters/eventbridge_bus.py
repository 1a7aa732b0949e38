"""The bus on EventBridge."""

import json
from datetime import UTC
from typing import TYPE_CHECKING

from shared.adapters.clients import answering, client, unavailable
from shared.domain.event import Event

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient

SOURCE = "treadle"


class EventBridgeBus:
    """One bus; the detail type is the event's type, such as version.promoted."""

    def __init__(self, bus: str) -> None:
        self._bus = bus
        self._client: EventBridgeClient = client("events")

    def emit(self, event: Event) -> None:
        """Put one event on the bus; raises Unavailable."""
        with answering("the bus"):
            answer = self._client.put_events(
                Entries=[
                    {
                        "EventBusName": self._bus,
                        "Source": SOURCE,
                        "DetailType": event.type,
                        "Time": event.at,
                        "Detail": _detail(event),
                    }
                ]
            )
        if answer["FailedEntryCount"]:
            raise unavailable("the bus")


def _detail(event: Event) -> str:
    """The event as outsiders read it."""
    return json.dumps(
        {
            "id": event.id,
            "type": event.type,
            "at": event.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
            "model": event.model,
            "subject": event.subject,
            "by": event.by,
            "reason": event.reason,
            "data": {"code": event.code, "detail": event.detail},
        }
    )
