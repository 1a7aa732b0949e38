"""What a worker finds in its environment: AWS's own variables, the addresses of the embedded cloud, the template's."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from local.deployment import Addresses, Function

# What a worker takes over from the host; OPENBLAS_*: how this host's processor wants its linear algebra.
_HOST_NAMES = ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "SSL_CERT_FILE")
_HOST_PREFIXES = ("OPENBLAS_",)

BESIDE = "TREADLE_BESIDE"
"""A folder that comes before the function's code on each worker's path, for who wants to watch or break its calls."""

OUTSIDE: Mapping[str, str] = {"https://hooks.slack.com": "/_local/slack"}
"""Address of the outside world → the mailbox's door that catches what is sent there."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What all workers of one front have in common."""

    region: str
    addresses: Addresses
    python: Path


def worker_environment(function: Function, ground: Ground, api_address: str, log_stream: str) -> dict[str, str]:
    """Build the whole environment of one worker; the function's own variables come last."""
    return {
        **_of_the_host(os.environ),
        **_of_the_cloud(ground),
        **_of_lambda(function, api_address, log_stream),
        "PYTHONPATH": os.pathsep.join([*filter(None, [os.environ.get(BESIDE)]), str(function.code)]),
        "OMP_NUM_THREADS": "1",
        **_without_the_outside(function.environment, ground),
    }


def _without_the_outside(own: Mapping[str, str], ground: Ground) -> dict[str, str]:
    """The function's own variables; one that is an address of the outside world is the mailbox's door to it."""
    doors = {address: ground.addresses.front + door for address, door in OUTSIDE.items()}
    return {name: doors.get(value, value) for name, value in own.items()}


def _of_the_host(host: Mapping[str, str]) -> dict[str, str]:
    return {k: v for k, v in host.items() if k in _HOST_NAMES or k.startswith(_HOST_PREFIXES)}


def _of_the_cloud(ground: Ground) -> dict[str, str]:
    return {
        "AWS_ENDPOINT_URL": ground.addresses.moto,
        "AWS_ENDPOINT_URL_DYNAMODB": ground.addresses.dynamodb,
        "AWS_ENDPOINT_URL_LAMBDA": ground.addresses.front,
        "AWS_REGION": ground.region,
        "AWS_DEFAULT_REGION": ground.region,
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",  # nosec: the embedded cloud takes any key
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,  # a profile of this machine must not reach a worker
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }


def _of_lambda(function: Function, api_address: str, log_stream: str) -> dict[str, str]:
    return {
        "AWS_LAMBDA_RUNTIME_API": api_address,
        "AWS_LAMBDA_FUNCTION_NAME": function.name,
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_mb),
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": function.log_group,
        "AWS_LAMBDA_LOG_STREAM_NAME": log_stream,
        "AWS_EXECUTION_ENV": "AWS_Lambda_python3.13",
        "_HANDLER": function.handler,
        "LAMBDA_TASK_ROOT": str(function.code),
        "LANG": "en_US.UTF-8",
        "PYTHONIOENCODING": "utf-8",
        "TZ": ":UTC",
    }
