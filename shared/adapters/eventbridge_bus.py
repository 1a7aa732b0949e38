"""The bus on EventBridge."""

from typing import TYPE_CHECKING

from shared.adapters.clients import answering, client, unavailable
from shared.domain import record
from shared.domain.event import Event

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient

SOURCE = "treadle"


class EventBridgeBus:
    """One bus; the detail type is the event's type, such as version.promoted, the detail is the whole event."""

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
                        "Detail": record.written(event).decode(),
                    }
                ]
            )
        if answer["FailedEntryCount"]:
            raise unavailable("the bus")
