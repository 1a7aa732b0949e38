"""Workers: a process for each core; on DynamoDB Local two for each, since half of a call's time is the engine's.

An engine does one call at a time, so each core has one as well.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import engine

NO_ACCOUNT = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "eu-central-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}
CORES = os.cpu_count() or 1


def workers_in_memory() -> ProcessPoolExecutor:
    """One for each core."""
    return ProcessPoolExecutor(CORES, get_context("spawn"))


@contextmanager
def workers_on_dynamodb() -> Iterator[ProcessPoolExecutor]:
    """Two for each core, in whose environment AWS is the engine that both of them call."""
    spawn = get_context("spawn")
    addresses: SimpleQueue[str] = spawn.SimpleQueue()
    with TemporaryDirectory() as folder, ExitStack() as engines:
        settings = Path(folder, "settings")
        settings.write_text("[default]\nparameter_validation = false\n")
        for number in range(CORES):
            own = Path(folder, str(number))
            own.mkdir()
            address = engines.enter_context(engine.in_memory(own, without=engine.FIRST_COMPILER))
            addresses.put(address)
            addresses.put(address)
        with ProcessPoolExecutor(2 * CORES, spawn, calls, (addresses, str(settings))) as workers:
            yield workers


def calls(addresses: "SimpleQueue[str]", settings: str) -> None:
    """From here on this process calls the engine that is next in the queue, and botocore checks no request first."""
    os.environ |= {**NO_ACCOUNT, "AWS_CONFIG_FILE": settings, "AWS_ENDPOINT_URL_DYNAMODB": addresses.get()}
