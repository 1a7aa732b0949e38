"""A layer as a directory: its packages for Lambda's platform without what no function reads, or only its list of pins.

Synthesis for the embedded cloud takes the list (the functions run on the host's own packages there), a deploy takes the
built one. Both carry one fingerprint, so that the templates do not differ by a byte.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from stacks.layers import pins

CACHE = pins.ROOT / ".treadle" / "layers"

# What botocore is asked for by shared/adapters; its data on all other services is left out.
AWS_SERVICES = frozenset(
    {
        "cloudwatch", "dynamodb", "events", "firehose", "lambda", "logs", "s3", "secretsmanager", "sns", "sqs", "ssm",
        "stepfunctions", "sts",
    }
)  # fmt: skip
UNREAD_DIRECTORIES = frozenset({"__pycache__", "bin", "include", "test", "tests"})
UNREAD_SUFFIXES = frozenset({".c", ".cpp", ".h", ".hpp", ".pxd", ".pyi", ".pyx"})
UNREAD_PATHS = (
    "boto3/examples",
    "onnx/backend/test",
    "onnxruntime/datasets",
    "onnxruntime/quantization",
    "onnxruntime/tools",
    "onnxruntime/transformers",
    "sklearn/datasets/data",
    "sklearn/datasets/images",
)


class Source(StrEnum):
    """What a layer's directory holds."""

    PINS = "pins"
    BUILT = "built"


class Architecture(StrEnum):
    """Lambda's processors, in CloudFormation's words."""

    ARM64 = "arm64"
    X86_64 = "x86_64"


PLATFORMS = {Architecture.ARM64: "aarch64-manylinux_2_28", Architecture.X86_64: "x86_64-manylinux_2_28"}


def layer_code(name: str, source: Source, architecture: Architecture) -> Path:
    """The layer's asset directory; building one downloads its packages once and is cached by fingerprint."""
    return built(name, architecture) if source is Source.BUILT else _listed(name)


def fingerprint(name: str, architecture: Architecture, python: str = pins.LAMBDA_PYTHON) -> str:
    """A hash of all that decides the built layer's content: pins, hashes, platform and what is pruned."""
    told = hashlib.sha256(f"{name} {architecture} {python}\n".encode())
    for path in (pins.HERE / f"{name}.txt", pins.ROOT / "requirements.txt", Path(__file__)):
        told.update(path.read_bytes())
    return told.hexdigest()


def built(name: str, architecture: Architecture, python: str = pins.LAMBDA_PYTHON) -> Path:
    """The layer's packages under `python/`, downloaded as wheels, checked by hash and pruned."""
    layer = CACHE / f"{name}-{architecture}-{python}-{fingerprint(name, architecture, python)[:16]}"
    if layer.exists():
        return layer
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as making:
        packages = Path(making) / layer.name / "python"
        _install(name, architecture, python, packages)
        _prune(packages)
        packages.parent.replace(layer)
    return layer


def size(directory: Path) -> int:
    """Bytes of all files below a directory, as Lambda counts them unzipped."""
    return sum(path.stat().st_size for path in directory.rglob("*") if path.is_file())


def _listed(name: str) -> Path:
    layer = CACHE / str(Source.PINS) / name
    layer.mkdir(parents=True, exist_ok=True)
    (layer / "requirements.txt").write_bytes((pins.HERE / f"{name}.txt").read_bytes())
    return layer


def _install(name: str, architecture: Architecture, python: str, target: Path) -> None:
    command: tuple[str | Path, ...] = (
        pins.UV, "pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:", "--link-mode", "copy",
        "--requirements", pins.HERE / f"{name}.txt", "--constraints", "requirements.txt", "--require-hashes",
        "--python", sys.executable, "--python-version", python, "--python-platform", PLATFORMS[architecture],
        "--target", target,
    )  # fmt: skip
    subprocess.run(command, check=True, cwd=pins.ROOT, env=os.environ | {"UV_SYSTEM_CERTS": "1"})


def _prune(packages: Path) -> None:
    for path in tuple(_unread(packages)):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _unread(packages: Path) -> Iterator[Path]:
    """What no function reads; a directory after what lies in it."""
    yield from (packages / path for path in UNREAD_PATHS if (packages / path).exists())
    yield from (path for path in packages.glob("botocore/data/*/") if path.name not in AWS_SERVICES)
    for path in sorted(packages.rglob("*"), reverse=True):
        if path.name in UNREAD_DIRECTORIES if path.is_dir() else path.suffix in UNREAD_SUFFIXES:
            yield path
