"""A data bucket in memory, as trigger sees it."""

from datetime import datetime

from shared.ports.arrivals import Arrival


class MemoryArrivals:
    """What was put there, and what was announced once more."""

    def __init__(self, *present: Arrival) -> None:
        self._present = {arrival.place.key: arrival for arrival in present}
        self.announced: list[Arrival] = []

    def put(self, arrival: Arrival) -> None:
        """An object comes, or another version of one."""
        self._present[arrival.place.key] = arrival

    def since(self, at: datetime) -> tuple[Arrival, ...]:
        """The data sets put there since, newest version of each, oldest first."""
        found = [one for key, one in self._present.items() if one.at >= at and key.split("/")[1:2] == ["datasets"]]
        return tuple(sorted(found, key=lambda arrival: (arrival.at, arrival.place.key)))

    def announce(self, arrival: Arrival) -> None:
        """Tell trigger of it."""
        self.announced.append(arrival)
