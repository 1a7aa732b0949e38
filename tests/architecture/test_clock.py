"""Clock, ids and randomness are ports: a test (and a replay) decides what time it is and which number comes next."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.tree import SHIPPED, Module, dotted, imported, modules

# shared/adapters holds the real clock and the real ids.
CHANCE_MODULES = frozenset({"random", "secrets", "uuid"})
CLOCKS = re.compile(r"(^|\.)(time\.(time|time_ns|localtime|gmtime|strftime)|datetime\.(now|utcnow|today)|date\.today)$")
UNSEEDED = re.compile(r"^(np|numpy)\.random\.(?!default_rng$|Generator$|SeedSequence$)")
SEEDED_ONLY = frozenset({"np.random.default_rng", "numpy.random.default_rng", "ULID", "Random"})


def _strays(module: Module) -> Iterator[str]:
    for name, node in imported(module):
        if name.partition(".")[0] in CHANCE_MODULES or name in {"time.time", "time.time_ns", "os.urandom"}:
            yield f"{module.at(node)} imports {name}"
    for node in ast.walk(module.tree):
        name = dotted(node)
        if CLOCKS.search(name) or UNSEEDED.search(name) or name == "os.urandom":
            yield f"{module.at(node)} {name}"
        if isinstance(node, ast.Call) and dotted(node.func) in SEEDED_ONLY and not (node.args or node.keywords):
            yield f"{module.at(node)} {dotted(node.func)}() without a seed"


def _rules(text: str) -> list[str]:
    return list(_strays(Module(modules(*SHIPPED)[0].path, text, ast.parse(text))))


def test_only_adapters_ask_the_clock_the_ids_and_chance() -> None:
    within = [module for module in modules(*SHIPPED) if module.path.parts[1] != "adapters"]
    assert [stray for module in within for stray in _strays(module)] == []


def test_the_rule_knows_every_way_to_ask() -> None:
    for asking in (
        "import random",
        "from uuid import uuid4",
        "time.time()",
        "datetime.now(UTC)",
        "datetime.datetime.now(UTC)",
        "np.random.shuffle(rows)",
        "np.random.default_rng()",
        "ULID()",
    ):
        assert _rules(asking) != [], asking


def test_the_rule_lets_seeds_and_durations_pass() -> None:
    for fine in ("np.random.default_rng(seed)", "time.perf_counter()", "clock.now()", "ULID.parse(text)"):
        assert _rules(fine) == [], fine
