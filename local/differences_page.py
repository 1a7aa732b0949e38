"""`docs/local.md`, made from the rows of `differences`: `python -m local.differences_page` writes it."""

from __future__ import annotations

from pathlib import Path

from local.differences import ASSEMBLY, Difference
from local.engine_differences import ALIKE, ENGINES
from local.motion_differences import MOTION

ROWS: tuple[Difference, ...] = (*ASSEMBLY, *MOTION, *ENGINES)
PAGE = Path(__file__).parents[1] / "docs" / "local.md"
HEAD = """\
# The embedded cloud

`make up` runs the whole platform on this machine: the templates that synthesis wrote, the very code that would deploy,
and no AWS account, no container engine and no key. `make down` ends it, `make up FRESH=1` starts empty. It listens on
loopback only; `.treadle/local.json` says where and how to sign in, and `.treadle/cloud/logs/` has a file for each part
and each function.

Four processes, all of one group that dies with its owner: the **front** (gateway, tokens, mailbox, Lambda and the
clocks), **moto** (AWS's APIs, with the patches of `local/patches/`), **DynamoDB Local** (the registry's engine) and the
**supervisor** that started them. Point any AWS tool at `aws_endpoint_url`, and for tables at
`aws_endpoint_url_dynamodb`.

`TREADLE_BESIDE=FOLDER` puts a folder before the code on every function's path, and Python runs the `sitecustomize.py`
in it: `make chaos-kill` and its fellows break AWS's calls that way.

Code does not know that it runs here: local is an address, not a mode. What is different is listed below, complete; each
row is held by a test that says what the engine does now, so that a new moto or DynamoDB Local that changes it fails.
`make fidelity` runs exactly those tests and prints the table.

| | AWS | the embedded cloud | what proves it |
|---|---|---|---|
"""


KEPT = """
## What is as on AWS, and relied upon

| | AWS and the embedded cloud | what proves it |
|---|---|---|
"""


def page() -> str:
    """The whole page as Markdown."""
    different = "".join(f"| {row.id} | {row.aws} | {row.embedded} | `{row.proof}` |\n" for row in ROWS)
    alike = "".join(f"| {row.id} | {row.both} | `{row.proof}` |\n" for row in ALIKE)
    return HEAD + different + KEPT + alike


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
