"""What runs in Lambda: no /dev/shm, one environment contract, and no knowledge of where it runs."""

import ast
import re

from tests.architecture.tree import SHIPPED, dotted, imported, modules, nodes

POOLS = re.compile(r"^(multiprocessing|joblib|loky)(\.|$)|ProcessPoolExecutor")
PLACES = frozenset({"is_local", "local", "localhost", "localstack", "moto", "running_locally"})
ENVIRONMENT = frozenset({"os.environ", "os.getenv", "os.environ.get", "os.putenv"})


def test_nothing_needs_shared_memory() -> None:
    """Lambda has no /dev/shm: pools, queues and locks of processes raise OSError 38 there."""
    pools = [
        f"{module.at(node)} {name}"
        for module in modules(*SHIPPED)
        for name, node in imported(module)
        if POOLS.search(name)
    ]
    assert pools == []


def test_no_estimator_starts_processes_of_its_own() -> None:
    jobs = [
        module.at(node)
        for module, node in nodes(*SHIPPED)
        if isinstance(node, ast.keyword) and node.arg == "n_jobs" and ast.unparse(node.value) not in {"1", "None"}
    ]
    assert jobs == []


def test_the_environment_is_read_by_settings_alone() -> None:
    readers = [
        module.at(node)
        for module, node in nodes(*SHIPPED)
        if dotted(node) in ENVIRONMENT and str(module.path) != "shared/settings/__init__.py"
    ]
    assert readers == []


def test_nothing_asks_whether_it_runs_on_a_laptop() -> None:
    """Local is an address, not a mode."""
    asked = [
        f"{module.at(node)} {ast.unparse(node.test)}"
        for module, node in nodes(*SHIPPED)
        if isinstance(node, ast.If | ast.IfExp | ast.While)
        and PLACES & set(re.findall(r"\w+", ast.unparse(node.test).lower()))
    ]
    assert asked == []
