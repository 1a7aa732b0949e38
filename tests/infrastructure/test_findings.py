"""Findings of the checks: CDK's own, cdk-nag's and cfn-lint's are mended, or acknowledged with a reason."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from stacks.acknowledged import ACKNOWLEDGED, LINT
from tests.infrastructure.templates import STACKS, assembly

LIBRARY = "@aws-cdk/core:validateAgainstDefaultRules"


def _reports() -> Iterator[Mapping[str, Any]]:
    yield from json.loads((assembly() / "validation-report.json").read_text())["pluginReports"]


def test_no_finding_of_cdk_stands_unacknowledged() -> None:
    assert [(report["pluginName"], one["ruleName"]) for report in _reports() for one in report["violations"]] == []


def test_cdk_checks_the_templates_against_its_own_rules_and_aws_solutions() -> None:
    assert json.loads((assembly().parent / "cdk.json").read_text())["context"][LIBRARY] is True
    assert "AwsSolutions" in {report["pluginName"] for report in _reports()}


def test_every_acknowledgement_answers_a_finding_and_gives_its_reason() -> None:
    answered = {
        (report["pluginName"] + "::" + one["ruleName"], one["reason"])
        for report in _reports()
        for one in report["suppressedViolations"]
    }
    assert answered == {(row.rule, row.reason) for row in ACKNOWLEDGED}
    assert min(len(row.reason) for row in ACKNOWLEDGED) > 20


def test_cfn_lint_finds_nothing_that_is_not_acknowledged() -> None:
    paths = [str(assembly() / f"{stack}.template.json") for stack in STACKS]
    program = str(Path(sys.executable).with_name("cfn-lint"))
    command = [program, "--format", "json", "--regions", "eu-central-1", "--", *paths]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.stderr == ""
    assert {finding["Rule"]["Id"] for finding in json.loads(done.stdout)} == set(LINT)
