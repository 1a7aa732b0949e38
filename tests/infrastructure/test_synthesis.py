"""Synthesis: offline, without credentials, the same to the byte, and small enough for CloudFormation."""

import filecmp
import json
import os
import subprocess
import sys
from pathlib import Path

from stacks.synth import ROOT
from tests.infrastructure.templates import STACKS, assembly, resources, template

LARGEST_TEMPLATE = 1_000_000
MOST_RESOURCES = 500
MOST_EXPORTS = 200
OUTPUTS = {
    "treadle-registry": {"DataBucket", "UserPoolId", "ClientId", "TableName", "SlackSecret"},
    "treadle-training": set[str](),
    "treadle-inference": {"ApiUrl"},
    "treadle-monitoring": set[str](),
}


def _code() -> Path:
    """The asset that every function runs."""
    [key] = {one.properties["Code"]["S3Key"] for one in resources("AWS::Lambda::Function")}
    return assembly() / f"asset.{key.removesuffix('.zip')}"


def test_a_second_synthesis_without_an_environment_writes_the_same_bytes(tmp_path: Path) -> None:
    command = (sys.executable, "-m", "stacks.synth", "--out", str(tmp_path))
    first = assembly()
    done = subprocess.run(command, check=False, cwd=ROOT, env={}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    names = [f"{stack}.{kind}.json" for stack in STACKS for kind in ("template", "assets")]
    assert filecmp.cmpfiles(first, tmp_path, names, shallow=False) == (names, [], [])


def test_every_function_runs_the_one_asset_and_it_holds_what_ships_and_nothing_else() -> None:
    shipped = {
        path.relative_to(ROOT).as_posix()
        for tree in ("functions", "shared")
        for path in (ROOT / tree).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    held = {path.relative_to(_code()).as_posix() for path in _code().rglob("*") if path.is_file()}
    assert held == shipped
    assert any(path.endswith(".j2") for path in held)


def test_there_is_no_custom_resource() -> None:
    types = {found["Type"] for stack in STACKS for found in template(stack)["Resources"].values()}
    assert {name for name in types if name.startswith(("Custom::", "AWS::CloudFormation::CustomResource"))} == set()


def test_templates_stay_within_the_limits_of_cloudformation() -> None:
    for stack in STACKS:
        assert (assembly() / f"{stack}.template.json").stat().st_size < LARGEST_TEMPLATE
        assert len(template(stack)["Resources"]) < MOST_RESOURCES
        assert len(template(stack).get("Outputs", {})) < MOST_EXPORTS


def test_each_stack_says_what_people_need_to_know() -> None:
    said = {
        stack: {name for name, output in template(stack).get("Outputs", {}).items() if "Export" not in output}
        for stack in STACKS
    }
    assert said == OUTPUTS


def test_no_template_names_an_account_or_a_region() -> None:
    manifest = json.loads((assembly() / "manifest.json").read_text())
    environments = {manifest["artifacts"][stack]["environment"] for stack in STACKS}
    assert environments == {"aws://unknown-account/unknown-region"}


def test_the_assembly_is_kept_while_nothing_that_went_into_it_has_changed() -> None:
    written = (assembly() / "manifest.json").stat().st_mtime_ns
    command = (sys.executable, "-m", "stacks.synth")
    again = subprocess.run(command, check=True, cwd=ROOT, env=os.environ, capture_output=True, text=True)
    assert (again.stderr, (assembly() / "manifest.json").stat().st_mtime_ns) == ("", written)
