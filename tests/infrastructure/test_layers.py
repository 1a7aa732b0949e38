"""Lambda's layers: the tested versions, small enough to load, and all that a handler needs."""

import ast
import platform
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from pydantic import BaseModel

from stacks.layers import ENGINE_LAYERS, LAYERS, layers_of, pins
from stacks.layers.build import AWS_SERVICES, Architecture, Source, built, fingerprint, layer_code, size
from tests.architecture.tree import dotted, nodes

ROOT = pins.ROOT
LAMBDA_LIMIT = 250 * 2**20
HOST = {"aarch64": Architecture.ARM64, "arm64": Architecture.ARM64, "x86_64": Architecture.X86_64}
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
ALONE = "import sys, importlib; sys.path[:0] = sys.argv[2:]; importlib.import_module(sys.argv[1])"


def _requirements() -> frozenset[str]:
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    return frozenset(line.split()[0] for line in lines if re.match(r"[a-z].*==", line))


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_holds_the_versions_that_the_tests_ran_with(layer: str) -> None:
    assert pins.read(layer) != ()
    assert set(pins.read(layer)) - _requirements() == set()


def test_the_seven_packages_that_people_look_for_are_pinned_by_name() -> None:
    names = {pin.partition("==")[0] for pin in _requirements()}
    assert {"aws-cdk-lib", "aws-lambda-powertools", "boto3", "moto", "pydantic", "pytest", "scikit-learn"} <= names


def test_every_package_is_checked_by_hash() -> None:
    text = (ROOT / "requirements.txt").read_text()
    assert all("--hash=sha256:" in block for block in re.split(r"\n(?=[a-z])", text) if "==" in block)


def test_a_layer_of_pins_is_the_list_alone() -> None:
    layer = layer_code("core", Source.PINS, Architecture.ARM64)
    assert [path.name for path in layer.iterdir()] == ["requirements.txt"]
    assert (layer / "requirements.txt").read_text().split() == list(pins.read("core"))


def test_a_layer_is_another_one_on_another_processor() -> None:
    assert fingerprint("core", Architecture.ARM64) != fingerprint("core", Architecture.X86_64)
    assert fingerprint("core", Architecture.ARM64) == fingerprint("core", Architecture.ARM64)


def _clients() -> Iterator[str]:
    """The AWS services that the adapters ask for."""
    for _, node in nodes("shared/adapters"):
        if isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] in {
            "client",
            "create_client",
            "resource",
        }:
            yield from (one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str))


def test_the_layer_keeps_the_data_of_every_aws_service_that_an_adapter_asks_for() -> None:
    assert set(_clients()) - AWS_SERVICES == set()


@pytest.mark.slow
@pytest.mark.parametrize("architecture", list(Architecture))
@pytest.mark.parametrize("function", ["any other", *ENGINE_LAYERS])
def test_a_function_and_its_layers_fit_into_lambda(function: str, architecture: Architecture) -> None:
    code = sum(size(ROOT / tree) for tree in ("functions", "shared"))
    assert code + sum(size(built(layer, architecture)) for layer in layers_of(function)) < LAMBDA_LIMIT


def _environment() -> Mapping[str, str]:
    """An environment that every function's settings accept."""
    from shared import settings  # noqa: PLC0415 - only this test needs them

    contracts = [one for one in vars(settings).values() if isinstance(one, type) and issubclass(one, BaseModel)]
    names = {name.upper() for contract in contracts for name in contract.model_fields}
    return {"AWS_REGION": "eu-central-1", "AWS_DEFAULT_REGION": "eu-central-1"} | dict.fromkeys(names, "1")


@pytest.mark.slow
def test_every_handler_is_imported_with_its_layers_alone(tmp_path: Path) -> None:
    """On this machine's Python and processor; Lambda's wheels run on Linux only."""
    for tree in ("functions", "shared"):
        (tmp_path / tree).symlink_to(ROOT / tree)
    functions = [path.parent.name for path in ROOT.glob("functions/*/handler.py") if sys.platform == "linux"]
    for function in functions:
        layers = [str(built(layer, HOST[platform.machine()], PYTHON) / "python") for layer in layers_of(function)]
        command = (
            sys.executable,
            "-I",
            "-S",
            "-B",
            "-c",
            ALONE,
            f"functions.{function}.handler",
            str(tmp_path),
            *layers,
        )
        done = subprocess.run(command, check=False, env=dict(_environment()), capture_output=True, text=True)
        assert (function, done.returncode, done.stderr) == (function, 0, "")
