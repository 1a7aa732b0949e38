"""Write each layer's list: what its dependency group needs on Lambda's Python, at the versions of requirements.txt.

`make pins` runs it after requirements.txt is compiled. A package that a layer below brings already is left out.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from stacks.layers import LAYERS

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
UV = Path(sys.prefix) / "bin" / "uv"
LAMBDA_PYTHON = "3.13"
LAMBDA_PLATFORM = "aarch64-manylinux_2_28"
BELOW: Mapping[str, tuple[str, ...]] = {
    "core": (),
    "tables": ("core",),
    "learning": ("core",),
    "scoring": ("core",),
    "admission": ("core", "scoring"),
}


def main() -> None:
    """Compile every layer's list, the lowest first."""
    compiled = {name: _compile(name) for name in LAYERS}
    for name, pins in compiled.items():
        below = {pin for lower in BELOW[name] for pin in compiled[lower]}
        own = [pin for pin in pins if pin not in below]
        (HERE / f"{name}.txt").write_text("".join(f"{pin}\n" for pin in own))


def read(name: str) -> tuple[str, ...]:
    """The pins of a layer, `package==version` each."""
    return tuple((HERE / f"{name}.txt").read_text().splitlines())


def _compile(group: str) -> tuple[str, ...]:
    command: tuple[str | Path, ...] = (
        UV, "pip", "compile", "--quiet", "--no-header", "--no-annotate", "--group", group, "pyproject.toml",
        "--constraints", "requirements.txt", "--only-binary", ":all:",
        "--python-version", LAMBDA_PYTHON, "--python-platform", LAMBDA_PLATFORM,
    )  # fmt: skip
    environment = os.environ | {"UV_SYSTEM_CERTS": "1"}
    done = subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    return tuple(done.stdout.split())


if __name__ == "__main__":
    main()
