"""All clockwork of one deployment, put together and set going."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime

from botocore.exceptions import BotoCoreError

from local.clockwork.alarms import Alarms
from local.clockwork.captures import DeliveryStreams, LogSubscriptions
from local.clockwork.checkpoints import Checkpoints
from local.clockwork.clients import Clients
from local.clockwork.evaluation import watched
from local.clockwork.gauges import Gauges
from local.clockwork.logs import LogShipper
from local.clockwork.loop import Step, keep
from local.clockwork.metric_filters import MetricFilters
from local.clockwork.metrics import Metrics
from local.clockwork.queues import Invoke, QueuePoller
from local.clockwork.schedules import Scheduler, TempoClock
from local.clockwork.series import Series
from local.clockwork.streams import StreamReader
from local.clockwork.targets import Targets
from local.deployment import Deployment, FrontConfig, Function
from local.runtime.calls import Outcome

_log = logging.getLogger(__name__)
_LEAST_KEPT_S = 120.0


class Clockwork:
    """Everything that moves by itself; made before the functions, since it hears what they print."""

    def __init__(self, config: FrontConfig, leave: Callable[[str, str], None]) -> None:
        deployment, tempo = config.deployment, config.tempo
        self._config = config
        self._stop = threading.Event()
        self._clients = Clients(config.addresses, deployment.region)
        self.targets = Targets(self._clients, leave)
        self._series = Series(_longest_look_back(deployment) / tempo + _LEAST_KEPT_S)
        self._metrics = Metrics(self._series, MetricFilters(deployment.metric_filters), self._clients.cloudwatch)
        self._streams = DeliveryStreams(deployment.delivery_streams, self._clients.s3, tempo)
        subscriptions = LogSubscriptions(deployment.log_subscriptions, self._streams, leave)
        self._logs = LogShipper(self._clients.logs, config.state_dir / "logs", (self._metrics.hear, subscriptions.hear))

    def ended(self, function: Function, outcome: Outcome) -> None:
        """Hear of a call that came to an end."""
        self._metrics.invoked(function, outcome)

    def printed(self, function: Function, log_stream: str, line: str) -> None:
        """Hear a line that a worker printed."""
        self._logs.take(function, log_stream, line)

    def start(self, invoke: Invoke) -> None:
        """Set everything going; `invoke` calls a function and waits."""
        for name, step in self._steps(invoke).items():
            keep(name, step, self._stop)

    def stop(self) -> None:
        """Stop, and ship what the workers printed last, through the delivery streams too."""
        self._stop.set()
        try:
            self._logs.step()
            self._streams.flush()
        except BotoCoreError as error:  # moto is gone already
            _log.info("the last lines are in the files alone: %s", error)

    def _steps(self, invoke: Invoke) -> dict[str, Step]:
        deployment, clients = self._config.deployment, self._clients
        return {
            **self._sources(invoke),
            "logs": self._logs.step,
            "metrics": self._metrics.step,
            "delivery streams": self._streams.step,
            "schedules": self._scheduler().step,
            "gauges": Gauges(
                [one for alarm in deployment.alarms for one in watched(alarm)],
                clients.sqs,
                clients.stepfunctions,
                self._series.add,
                self._config.tempo,
            ).step,
            "alarms": Alarms(deployment, self._series, clients.cloudwatch, self._publish).at_tempo(self._config.tempo),
        }

    def _sources(self, invoke: Invoke) -> dict[str, Step]:
        deployment, clients = self._config.deployment, self._clients
        checkpoints = Checkpoints(self._config.state_dir / "streams.json")
        pollers = {
            f"queue {source.queue_arn} > {source.function}": QueuePoller(
                source, deployment.region, clients.sqs, invoke
            ).step
            for source in deployment.queue_sources
        }
        readers = {
            f"stream {source.table} > {source.function}": StreamReader(
                source, clients.streams, invoke, self.targets.send, checkpoints
            ).step
            for source in deployment.stream_sources
        }
        return pollers | readers

    def _scheduler(self) -> Scheduler:
        clock = TempoClock(datetime.now(UTC), self._config.tempo)
        deployment = self._config.deployment
        return Scheduler(deployment.schedules, clock, deployment.account, self.targets.send, lambda: datetime.now(UTC))

    def _publish(self, topic_arn: str, subject: str, message: str) -> None:
        self._clients.sns.publish(TopicArn=topic_arn, Subject=subject, Message=message)


def _longest_look_back(deployment: Deployment) -> float:
    """Seconds that the alarm with the longest memory looks back, before the tempo."""
    spans = (query.period_s * alarm.evaluation_periods for alarm in deployment.alarms for query in alarm.queries)
    return float(max(spans, default=0))
