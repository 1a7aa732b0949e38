"""moto's state machine interpreter makes a new client a step and calls Lambda at moto. Here clients are kept, and
Lambda is called at the front, so that no thread of moto's server waits for a handler."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import Any

import boto3
import moto.stepfunctions.parser.asl.component.state.exec as executing_states
from botocore.config import Config
from moto.stepfunctions.parser.asl.utils import boto_client

from local.front_calls import LONGEST_CALL_S


def apply(front_url: str, moto_url: str) -> None:
    """Give the interpreter one client a region and service; a step is tried once, its Retry field decides the rest."""
    config = Config(
        parameter_validation=False,
        retries={"total_max_attempts": 1},
        connect_timeout=5,
        read_timeout=LONGEST_CALL_S,
        max_pool_connections=64,
    )

    @cache
    def client(region: str, service: str) -> Any:
        make: Callable[..., Any] = boto3.client
        return make(
            service,
            region_name=region,
            endpoint_url=front_url if service == "lambda" else moto_url,
            aws_access_key_id="interpreter",
            aws_secret_access_key="interpreter",
            config=config,
        )

    def boto_client_for(region: str, service: str, state_credentials: object = None) -> Any:  # noqa: ARG001
        return client(region, service)

    boto_client.boto_client_for = boto_client_for
    for module in pkgutil.walk_packages(executing_states.__path__, f"{executing_states.__name__}."):
        loaded = importlib.import_module(module.name)
        if hasattr(loaded, "boto_client_for"):
            vars(loaded)["boto_client_for"] = boto_client_for
